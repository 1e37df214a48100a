/** The firmware that a domain asks for, read from os. */
import { attribute, attributeValue, child, childElements, textOf } from '../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../xml/tree.ts';
import type { Domain } from './domain.ts';

export interface Firmware {
  readonly os: XmlElement | undefined;
  /** os/@firmware, 'efi' or 'bios': libvirt looks for a fitting image. */
  readonly selection: XmlAttribute | undefined;
  readonly loader: XmlElement | undefined;
  /** The text of loader: a path on the host, or ''. */
  readonly path: string;
  /** loader/@type; libvirt takes a path without one for 'rom'. */
  readonly type: string | undefined;
  readonly nvram: XmlElement | undefined;
  /** The guest boots by UEFI: chosen by libvirt, or an image in flash. */
  readonly isUefi: boolean;
  /** os/firmware/feature, by name. */
  readonly features: ReadonlyMap<string, XmlElement>;
}

export function firmware(domain: Domain): Firmware {
  return domain.keep('firmware', () => {
    const os = child(domain.root, 'os');
    const part = (name: string) => os && child(os, name);
    const [loader, wanted, selection] = [part('loader'), part('firmware'), attribute(os, 'firmware')];
    const path = textOf(loader);
    const type = attributeValue(loader, 'type') ?? (path === '' ? undefined : 'rom');
    const features = (wanted ? childElements(wanted, 'feature') : []).map(
      (feature) => [attributeValue(feature, 'name') ?? '', feature] as const,
    );
    return {
      os,
      selection,
      loader,
      path,
      type,
      nvram: part('nvram'),
      isUefi: selection?.value.trim() === 'efi' || type === 'pflash',
      features: new Map(features),
    };
  });
}

/** The path of the guest's variable store: the text of nvram, or its source's file. */
export function nvramPath({ nvram }: Firmware): string {
  return textOf(nvram) || (attributeValue(nvram && child(nvram, 'source'), 'file') ?? '');
}

/** loader/@secure, which asks for an image with secure boot. */
export function secureLoader({ loader }: Firmware): XmlAttribute | undefined {
  const secure = attribute(loader, 'secure');
  return secure?.value.trim() === 'yes' ? secure : undefined;
}

/** Devices whose state stays on the host: what live migration fails on, by libvirt's own check before it starts. */
import type { Domain } from '../../domain/domain.ts';
import { type Phrase, phrase, say } from '../../l10n/say.ts';
import { attributeValue, child, nameSpan } from '../../xml/query.ts';
import type { Span, XmlElement } from '../../xml/tree.ts';

export interface BlockingDevice extends Span {
  readonly what: string;
}

function named(element: XmlElement, what: string): BlockingDevice {
  return { ...nameSpan(element), what };
}

/** Goes away by itself before a migration, and a virtio card takes over. */
function isTeamed(element: XmlElement): boolean {
  return attributeValue(child(element, 'teaming'), 'type') === 'transient';
}

/** hostdev/@type of devices that stay: mediated ones may move since libvirt 8.x, where their driver can. */
const STAYING: Readonly<Record<string, Phrase>> = { pci: phrase`PCI device`, scsi_host: phrase`vhost-SCSI target` };

function ofHost(domain: Domain): BlockingDevice[] {
  return domain.devices('hostdev').flatMap((device) => {
    const what = STAYING[attributeValue(device, 'type') ?? ''];
    return what === undefined || isTeamed(device) ? [] : [named(device, String(what))];
  });
}

function ofNetwork(domain: Domain): BlockingDevice[] {
  return domain.interfaces.flatMap(({ element, type }) => {
    if (type === 'hostdev' && !isTeamed(element)) return [named(element, say`network function of the host`)];
    return type === 'vdpa' ? [named(element, say`vDPA interface`)] : [];
  });
}

function others(domain: Domain): BlockingDevice[] {
  const shared = domain.devices('shmem').filter((device) => attributeValue(device, 'role') !== 'master');
  const tpms = domain.devices('tpm').filter((tpm) => attributeValue(child(tpm, 'backend'), 'type') === 'passthrough');
  const transient = domain.disks.filter((disk) => disk.transient);
  return [
    ...shared.map((device) => named(device, say`shared memory without the role of master`)),
    ...tpms.map((tpm) => named(tpm, say`host's TPM`)),
    ...transient.map(({ element }) => named(element, say`transient disk`)),
  ];
}

/** In document order. */
export function blockingDevices(domain: Domain): readonly BlockingDevice[] {
  return domain.keep('blocking devices', () =>
    [...ofHost(domain), ...ofNetwork(domain), ...others(domain)].sort((a, b) => a.start - b.start),
  );
}

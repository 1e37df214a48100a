/** What rules ask of graphics: of which kind they are, and where they listen. */
import { attribute, attributeValue, child } from '../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../xml/tree.ts';
import type { Domain } from './domain.ts';
import { ipFamily } from './ipAddress.ts';

export interface Graphics {
  readonly element: XmlElement;
  /** 'vnc', 'spice', 'sdl', 'rdp', 'egl-headless', 'dbus', … */
  readonly type: string;
  /** The first `<listen>`, the only one that QEMU has. */
  readonly listen: XmlElement | undefined;
  /** How clients reach it, as libvirt reads it: 'address' where nothing else is said. */
  readonly listenType: string;
  /** The address that is written: that of `<listen>`, else graphics/@listen. */
  readonly address: XmlAttribute | undefined;
}

/** In document order. */
export function graphicsOf(domain: Domain): readonly Graphics[] {
  return domain.keep('graphics', () =>
    domain.devices('graphics').map((element) => {
      const listen = child(element, 'listen');
      const bySocket = attribute(element, 'socket') ? 'socket' : 'address';
      return {
        element,
        type: attributeValue(element, 'type') ?? '',
        listen,
        listenType: listen ? (attributeValue(listen, 'type') ?? '') : bySocket,
        address: attribute(listen, 'address') ?? attribute(element, 'listen'),
      };
    }),
  );
}

/** Every address of the host, or one that isn't the host's own loop: reached from other machines. */
export function isReachable(address: string): boolean {
  if (/^(localhost|127\..*|::1|::ffff:127\..*)$/i.test(address)) return false;
  return ipFamily(address) !== undefined;
}

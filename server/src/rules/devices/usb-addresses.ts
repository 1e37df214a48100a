/** USB addresses that lead to nothing, or to what is taken. */
import type { Domain } from '../../domain/domain.ts';
import { hasUsb } from '../../domain/usb.ts';
import { plugHub, type Sockets, type UsbPlace, usbBuses, usbPlaces } from '../../domain/usbBuses.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropElement, setValueOf } from '../fixes.ts';
import { placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'devices/usb-addresses';

type Trouble = 'bus' | 'port' | 'twice';

interface Found extends Refused {
  readonly trouble: Trouble;
}

/** Plugs in one device after the other, as libvirt does, and tells what does not go in. */
function troubles(domain: Domain): readonly Found[] {
  return domain.keep('USB troubles', () => {
    const buses = usbBuses(domain);
    return buses && hasUsb(domain) !== false
      ? usbPlaces(domain).flatMap((place) => trouble(place, buses, domain) ?? [])
      : [];
  });
}

function trouble(place: UsbPlace, buses: ReadonlyMap<number, Sockets>, domain: Domain): Found | undefined {
  const { bus, path, address, device } = place;
  let at = buses.get(bus);
  if (!at) {
    const known = [...buses.keys()].sort((a, b) => a - b);
    return {
      trouble: 'bus',
      at: placeOf(address, 'bus'),
      message: say`There is no USB bus ${bus}: ${known.length ? say`the guest has ${known.map((one) => say`bus ${one}`).join(say`, `)}` : say`the guest has none`}, and libvirt adds no controller for an address. It refuses the definition.`,
      fixes: [known.length ? anyPort(address, domain) : undefined],
    };
  }
  const missing = (message: string): Found => ({
    trouble: 'port',
    at: placeOf(address, 'port'),
    message: say`${message}: libvirt refuses the definition.`,
    fixes: [anyPort(address, domain)],
  });
  for (const port of path.slice(0, -1)) {
    const next: Sockets | undefined = at.hubs.get(port);
    if (at.ports !== undefined && port > at.ports)
      return missing(say`Bus ${bus} has no port ${port}, but ${at.ports} ports`);
    if (!next)
      return missing(
        say`No \`<hub>\` with an address is at port ${port} on the way to \`${path.join('.')}\` of USB bus ${bus}`,
      );
    at = next;
  }
  const last = path.at(-1);
  if (last === undefined) return undefined;
  if (at.ports !== undefined && last > at.ports)
    return missing(
      say`${path.length > 1 ? say`The hub` : say`The controller of USB bus ${bus}`} has ${at.ports} ports, and none with the number ${last}`,
    );
  const holder = at.taken.get(last);
  if (holder) return twice(place, holder, at, domain);
  at.taken.set(last, device);
  if (device.name === 'hub') plugHub(at, last);
  return undefined;
}

function twice(place: UsbPlace, holder: XmlElement, at: Sockets, domain: Domain): Found {
  const { bus, path, address } = place;
  return {
    trouble: 'twice',
    at: placeOf(address, 'port'),
    message: say`Port \`${path.join('.')}\` of USB bus ${bus} belongs to a \`<${holder.name}>\` already; libvirt refuses to give it twice.`,
    related: [relatedTo(placeOf(holder, 'type'), say`At port ${path.join('.')}`)],
    get fixes() {
      return [freePort(place, at, domain), anyPort(address, domain)];
    },
  };
}

function anyPort(address: XmlElement, { document }: Domain): Fix {
  return dropElement(address, document, say`Remove <address>: libvirt finds a port`);
}

/** The next port that no device of this document has, where the ports are counted. */
function freePort({ bus, path, address }: UsbPlace, at: Sockets, domain: Domain): Fix | undefined {
  if (at.ports === undefined) return undefined;
  const before = path.slice(0, -1).join('.');
  const taken = new Set(usbPlaces(domain).flatMap((one) => (one.bus === bus ? one.path.join('.') : [])));
  for (let port = 1; port <= at.ports; port++) {
    const name = before ? `${before}.${port}` : String(port);
    if (!taken.has(name)) return setValueOf(address, 'port', name, domain.document);
  }
  return undefined;
}

function ofKind(kind: Trouble): (domain: Domain) => readonly Refused[] {
  return (domain) => troubles(domain).filter(({ trouble }) => trouble === kind);
}

export const refusals: readonly Rule[] = [
  refusal('consistency-references/usb-bus-missing', page, ofKind('bus'), { needs: ['address'] }),
  refusal('devices/usb-port-missing', page, ofKind('port'), { needs: ['address'] }),
  refusal('devices/usb-port-twice', page, ofKind('twice'), { needs: ['address'] }),
];

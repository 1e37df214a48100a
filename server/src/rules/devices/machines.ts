/** Machines of the PC: which of them age, and where q35 can take their place by a change of one name. */
import type { Domain } from '../../domain/domain.ts';
import { platform } from '../../domain/platform.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attributeValue, child } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';

/** Buses and controllers that only the i440fx has. */
const OLD_BUSES = new Set(['ide', 'fdc']);

/** Nothing in the document is bound to the i440fx: addresses, IDE, PCI controllers. */
function isFree(domain: Domain): boolean {
  const isAddressed = domain
    .devices()
    .some((device) => ['pci', 'isa', 'ccid'].includes(attributeValue(child(device, 'address'), 'type') ?? ''));
  const hasOldBus = domain.devices('disk').some((disk) => {
    const target = child(disk, 'target');
    const bus = attributeValue(target, 'bus') ?? (/^(hd|fd)/.test(attributeValue(target, 'dev') ?? '') ? 'ide' : '');
    return OLD_BUSES.has(bus);
  });
  const hasOldController = domain
    .devices('controller')
    .some((one) => ['ide', 'fdc', 'pci'].includes(attributeValue(one, 'type') ?? ''));
  return !isAddressed && !hasOldBus && !hasOldController;
}

/** The change to q35, where nothing else would have to change with it. */
export function toQ35(domain: Domain, type: XmlElement): Fix[] {
  return isFree(domain)
    ? [{ title: say`Change machine to 'q35'`, edits: setAttribute(type, 'machine', 'q35', domain.document) }]
    : [];
}

/** os/type of a PC that QEMU runs, of any machine. */
export function pcType(domain: Domain): XmlElement | undefined {
  const isPc = domain.isQemu && platform(domain).architecture === 'x86';
  return isPc ? child(domain.root, 'os', 'type') : undefined;
}

/**
 * The versions that QEMU calls deprecated whatever its release is today: those before 3.0 (QEMU 9.1 marked 2.4 to 2.12, older ones
 * are gone), and Red Hat's of release 6.
 */
export function isDeprecated(machine: string): boolean {
  return /^pc-((i440fx|q35)-[0-2]\.\d+|[01]\.\d+(\.\d+)?)$/.test(machine) || /^rhel[56]\./.test(machine);
}

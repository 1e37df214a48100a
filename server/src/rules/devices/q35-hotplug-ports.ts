import type { Controller } from '../../domain/controllers.ts';
import type { Domain } from '../../domain/domain.ts';
import { pciPlaces } from '../../domain/pci/places.ts';
import { isExpress } from '../../domain/pci/plugs.ts';
import { MOST_INDEX, pciTopology } from '../../domain/pci/topology.ts';
import { say } from '../../l10n/say.ts';
import { insertAfter } from '../../xml/edits.ts';
import { child } from '../../xml/query.ts';
import { placeOf } from '../refusal.ts';
import { defineRule } from '../rule.ts';

/** Spare ports that the fix adds. */
const SPARE = 4;

interface Full {
  readonly ports: readonly Controller[];
  readonly last: Controller;
}

/** Root ports are written, and each has a device on it, or will have. */
function full(domain: Domain): Full[] {
  const { root, controllers } = pciTopology(domain);
  if (root !== 'pcie-root') return [];
  const ports = controllers.filter(({ model }) => model === 'pcie-root-port');
  const last = ports.at(-1);
  if (!last || ports.length > MOST_INDEX - SPARE) return [];
  const used = new Set(pciPlaces(domain).map(({ bus }) => bus));
  const free = ports.filter(({ index }) => index !== undefined && !used.has(index)).length;
  const waiting = domain.devices().filter((device) => !child(device, 'address') && isExpress(device)).length;
  return free > waiting ? [] : [{ ports, last }];
}

/** Guests of PCI Express into which nothing can be plugged while they run. */
export const rule = defineRule<Full>({
  id: 'devices/q35-hotplug-ports',
  severity: 'hint',
  since: '1.2.19',
  needs: ['controller'],
  find: (domain) => (domain.isQemu ? full(domain) : []),
  say: ({ ports, last }) => ({
    at: placeOf(last.element, 'model'),
    message: say`${ports.length === 1 ? say`The one root port is` : say`All ${ports.length} root ports are`} taken: no disk or card can be plugged in while the guest runs. A port takes one device and must be there from the start; virt-install adds 14 spare ones.`,
  }),
  fix({ last }, domain) {
    const { controllers } = pciTopology(domain);
    const next = controllers.reduce((most, { index = 0 }) => Math.max(most, index), 0) + 1;
    const xml = Array.from(
      { length: SPARE },
      (_, more) => `<controller type='pci' index='${next + more}' model='pcie-root-port'/>`,
    );
    return [{ title: say`Add ${SPARE} root ports`, edits: insertAfter(last.element, xml.join('\n'), domain.document) }];
  },
});

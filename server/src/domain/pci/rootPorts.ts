/** How many root ports a guest can have: libvirt puts eight into a slot of the root, or of an expander bus. */
import { child } from '../../xml/query.ts';
import type { Controller } from '../controllers.ts';
import type { Domain } from '../domain.ts';
import { builtIns } from './builtIns.ts';
import { buses } from './buses.ts';
import { pciPlaces } from './places.ts';
import { plugOf } from './plugs.ts';
import { pciTopology } from './topology.ts';

const FUNCTIONS = 8;

/** The root ports without an address for which there is no place left. */
export function homelessRootPorts(domain: Domain): readonly Controller[] {
  const ports = pciTopology(domain).controllers.filter(({ model }) => model === 'pcie-root-port');
  const waiting = ports.filter(({ element }) => !child(element, 'address'));
  // One slot is enough for the ports of nearly every guest.
  return waiting.length <= FUNCTIONS ? [] : waiting.slice(room(domain));
}

/** Functions of slots that nothing is in, or only root ports. */
function room(domain: Domain): number {
  const { controllers, busAt } = pciTopology(domain);
  const indices = [
    0,
    ...controllers.flatMap(({ index, model }) => (index && model === 'pcie-expander-bus' ? index : [])),
  ];
  let free = 0;
  for (const index of indices) {
    const model = busAt(index);
    if (!model || !buses[model].takes.has('pcie-root-port')) continue;
    const used = usedFunctions(domain, index);
    for (let slot = buses[model].firstSlot; slot <= buses[model].lastSlot; slot++) {
      free += Math.max(0, FUNCTIONS - (used.get(slot) ?? 0));
    }
  }
  return free;
}

/** By slot; a slot of anything but root ports is used up. */
function usedFunctions(domain: Domain, bus: number): ReadonlyMap<number, number> {
  const used = new Map<number, number>();
  if (bus === 0) for (const { slot } of builtIns(domain)) used.set(slot, FUNCTIONS);
  for (const { bus: on, slot, device } of pciPlaces(domain)) {
    if (on !== bus) continue;
    used.set(slot, (used.get(slot) ?? 0) + (plugOf(device) === 'pcie-root-port' ? 1 : FUNCTIONS));
  }
  return used;
}

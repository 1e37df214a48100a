/** What a host has for a new VM; without a host, nothing is known and everything can be typed. */
import { host as hostCommands, type MachineType } from '../../../virsh/src/index.ts';
import type { HostModel } from '../hosts/hostModel.ts';

export interface Offer {
  readonly model: HostModel | undefined;
  readonly takenNames: ReadonlySet<string>;
  readonly networks: readonly string[];
  /** Names of active pools. */
  readonly pools: readonly string[];
  readonly machines: readonly MachineType[];
}

export const noHost: Offer = { model: undefined, takenNames: new Set(), networks: [], pools: [], machines: [] };

/** Reads it from a host that is connected. What cannot be read is left out: it can be typed. */
export async function readOffer(model: HostModel, signal: AbortSignal): Promise<Offer> {
  const [networks, pools, machines] = await Promise.all([
    model.load(model.networks),
    model.load(model.pools),
    model.host.run(hostCommands.listMachineTypes(), { signal }),
  ]);
  return {
    model,
    takenNames: new Set(model.domains?.map(({ name }) => name)),
    networks: networks?.ok ? networks.value.map(({ name }) => name) : [],
    pools: pools?.ok ? pools.value.filter(({ isActive }) => isActive).map(({ name }) => name) : [],
    machines: machines.ok ? machines.value : [],
  };
}

/** Commands about virtual networks. */
import { option, readCommand, type VirshCommand } from '../command.ts';
import { parseNames } from '../output/text.ts';

export type Which = 'active' | 'inactive' | 'autostart';

/** The options of `net-list` and `pool-list` that choose which names are listed. */
export const choosing: Readonly<Record<Which, readonly string[]>> = {
  active: [],
  inactive: ['--inactive'],
  autostart: ['--all', '--autostart'],
};

/** Names of networks. virsh lists them by one property at a time in a form that can be read; a batch asks for all. */
export function listNetworks(which: Which): VirshCommand<readonly string[]> {
  return readCommand(['net-list', ...choosing[which], '--name'], parseNames);
}

export function dumpNetwork(network: string): VirshCommand<string> {
  return readCommand(['net-dumpxml', option('network', network)], (output) => output);
}

/** The machine types that a host offers, out of `virsh capabilities`. */
import { readXml } from './xml.ts';

export interface MachineType {
  readonly name: string;
  /** The release that an alias such as `q35` stands for: written into a definition in its place. */
  readonly canonical: string | undefined;
}

/** Those of full virtualisation on one architecture, each once, in libvirt's order. */
export function parseMachineTypes(output: string, architecture = 'x86_64'): readonly MachineType[] {
  const found = new Map<string, MachineType>();
  for (const guest of readXml(output, 'capabilities').all('guest')) {
    const arch = guest.at('arch');
    if (guest.at('os_type').text !== 'hvm' || arch.attribute('name') !== architecture) continue;
    for (const machine of arch.all('machine')) {
      const name = machine.text;
      if (name !== undefined && !found.has(name)) found.set(name, { name, canonical: machine.attribute('canonical') });
    }
  }
  return [...found.values()];
}

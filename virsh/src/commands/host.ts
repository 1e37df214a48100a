/** Commands about the host itself. */
import { option, readCommand, type VirshCommand } from '../command.ts';
import { type MachineType, parseMachineTypes } from '../output/machineTypes.ts';
import { parseNames } from '../output/text.ts';
import { parseVersion, type Version } from '../output/version.ts';

const text = (output: string): string => output;

export function version(): VirshCommand<Version> {
  return readCommand(['version'], parseVersion);
}

/** The `<capabilities>` document of the host. */
export function capabilities(): VirshCommand<string> {
  return readCommand(['capabilities'], text);
}

/** Machine types of 64-bit PCs. */
export function listMachineTypes(): VirshCommand<readonly MachineType[]> {
  return readCommand(['capabilities'], parseMachineTypes);
}

export interface DomainCapabilitiesQuery {
  readonly virtType?: string;
  readonly emulator?: string;
  readonly arch?: string;
  readonly machine?: string;
}

/** The `<domainCapabilities>` document: what one emulator, architecture and machine type can do. */
export function domainCapabilities(query: DomainCapabilitiesQuery = {}): VirshCommand<string> {
  const args = ['domcapabilities'];
  if (query.virtType) args.push(option('virttype', query.virtType));
  if (query.emulator) args.push(option('emulatorbin', query.emulator));
  if (query.arch) args.push(option('arch', query.arch));
  if (query.machine) args.push(option('machine', query.machine));
  return readCommand(args, text);
}

/** The host's network devices, bridges among them, as libvirt calls them: `net_br0_52_54_00_12_34_56`. */
export function listNetworkDevices(): VirshCommand<readonly string[]> {
  return readCommand(['nodedev-list', option('cap', 'net')], parseNames);
}

/** UUIDs and usages of the host's secrets; not their values. */
export function listSecrets(): VirshCommand<readonly string[]> {
  // UUID, the type of usage, and the usage, which may contain blanks.
  return readCommand(['secret-list'], (output) =>
    [...output.matchAll(/^ ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?: +\S+(?: +(.+?))?)? *$/gm)].flatMap(
      ([, uuid, usage]) => [uuid, usage].filter((one) => one !== undefined),
    ),
  );
}

/** Commands about the host itself. */
import { option, readCommand, type VirshCommand } from '../command.ts';
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

/** The host's devices of the kinds that guests are given or connected to, as libvirt calls them. */
export function listDevices(): VirshCommand<readonly string[]> {
  return readCommand(['nodedev-list', option('cap', 'net,pci,usb_device,mdev')], parseNames);
}

export function dumpDevice(name: string): VirshCommand<string> {
  return readCommand(['nodedev-dumpxml', option('device', name)], text);
}

export function listNetworkFilters(): VirshCommand<readonly string[]> {
  // UUID and name in two columns.
  return readCommand(['nwfilter-list'], (output) =>
    [...output.matchAll(/^ [0-9a-f-]{36} +(.+?) *$/gm)].map(([, name = '']) => name),
  );
}

/** `system`, `session`, …: the end of the URI by which virsh reaches libvirt. Nothing else of it is kept: it may name a user. */
export function connectionMode(): VirshCommand<string> {
  return readCommand(['uri'], (output) => /^[\w+]+:\/\/[^/?#]*\/(\w+)/.exec(output.trim())?.[1] ?? '');
}

export interface SecretEntry {
  readonly uuid: string;
  /** `ceph`, `volume`, `iscsi`, `tls`, `vtpm`; missing for a secret without a usage. */
  readonly usageType?: string;
  readonly usage?: string;
}

/** Which secrets the host has; not their values. */
export function listSecrets(): VirshCommand<readonly SecretEntry[]> {
  // UUID, the type of usage, and the usage, which may contain blanks; or the word Unused.
  return readCommand(['secret-list'], (output) =>
    [...output.matchAll(/^ ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?: +(\S+)(?: +(.+?))?)? *$/gm)].map(
      ([, uuid = '', usageType, usage]) => ({ uuid, ...(usageType && usage && { usageType, usage }) }),
    ),
  );
}

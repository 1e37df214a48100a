/** Architecture and machine of the guest, as far as the document tells them: which devices there can be depends on both. */
import { say } from '../l10n/say.ts';
import { attributeValue, child, textOf } from '../xml/query.ts';
import type { Domain } from './domain.ts';

export type Architecture = 'x86' | 'arm' | 'ppc64' | 's390' | 'riscv' | 'loongarch' | 'other';
export type Machine =
  | 'q35'
  | 'i440fx'
  | 'isapc'
  | 'microvm'
  | 'arm-virt'
  | 'riscv-virt'
  | 'loongarch-virt'
  | 'pseries'
  | 's390-ccw'
  | 'other';

export interface Platform {
  /** Undefined where it is left to the host. */
  readonly architecture: Architecture | undefined;
  /** Undefined where neither the document nor libvirt's default tells. */
  readonly machine: Machine | undefined;
}

/** os/type/@arch names, and those of QEMU's binaries. */
const ARCHITECTURES: readonly (readonly [RegExp, Architecture])[] = [
  [/^(x86_64|i[3-6]86)$/, 'x86'],
  [/^(aarch64|arm(v\w+)?)$/, 'arm'],
  [/^ppc64(le)?$/, 'ppc64'],
  [/^s390x?$/, 's390'],
  [/^riscv(32|64)$/, 'riscv'],
  [/^loongarch64$/, 'loongarch'],
];

/** os/type/@machine names; `virt` is a machine of several architectures. */
const MACHINES: readonly (readonly [RegExp, Machine, Architecture])[] = [
  [/^(pc-)?q35(-|$)/, 'q35', 'x86'],
  [/^(pc(-(i440fx|0\.|1\.)|$)|rhel[\d.]+$)/, 'i440fx', 'x86'],
  [/^isapc$/, 'isapc', 'x86'],
  [/^microvm$/, 'microvm', 'x86'],
  [/^pseries(-|$)/, 'pseries', 'ppc64'],
  [/^s390-ccw/, 's390-ccw', 's390'],
];

/** What libvirt takes where no machine is written (virQEMUCapsGetPreferredMachine); of other architectures the binary decides. */
const DEFAULTS: Partial<Record<Architecture, Machine>> = { x86: 'i440fx', ppc64: 'pseries', s390: 's390-ccw' };
const VIRT: Partial<Record<Architecture, Machine>> = {
  arm: 'arm-virt',
  riscv: 'riscv-virt',
  loongarch: 'loongarch-virt',
};

export function platform(domain: Domain): Platform {
  return domain.keep('platform', () => {
    const named = MACHINES.find(([pattern]) => pattern.test(domain.machine ?? ''));
    const written = domain.architecture ?? emulatorArchitecture(domain);
    const architecture = written === undefined ? named?.[2] : architectureOf(written);
    return { architecture, machine: machineOf(domain, named?.[1], architecture) };
  });
}

function machineOf(domain: Domain, named: Machine | undefined, architecture: Architecture | undefined) {
  if (named !== undefined) return named;
  if (domain.machine === undefined) return domain.namesType && architecture ? DEFAULTS[architecture] : undefined;
  if (/^virt(-|$)/.test(domain.machine)) return architecture && (VIRT[architecture] ?? 'other');
  // Vendors have aliases of their own for the machines of the PC; a version of QEMU's tells nothing of the family.
  return architecture === 'x86' ? undefined : 'other';
}

const OWNERS: Readonly<Record<Exclude<Machine, 'other'>, Architecture>> = {
  q35: 'x86',
  i440fx: 'x86',
  isapc: 'x86',
  microvm: 'x86',
  'arm-virt': 'arm',
  'riscv-virt': 'riscv',
  'loongarch-virt': 'loongarch',
  pseries: 'ppc64',
  's390-ccw': 's390',
};

/** An architecture, or one machine of it. */
export type Home = Architecture | Machine;

/** The guest is known to be none of these: false where the document doesn't tell. */
export function isElsewhere(domain: Domain, homes: readonly Home[]): boolean {
  const { architecture, machine } = platform(domain);
  if (architecture === undefined) return false;
  return homes.every((home) => {
    if (!isMachine(home)) return home !== architecture;
    return OWNERS[home] !== architecture || (machine !== undefined && machine !== home);
  });
}

function isMachine(home: Home): home is Exclude<Machine, 'other'> {
  return Object.hasOwn(OWNERS, home);
}

/** The machine that a name is of, and the architecture that alone has it; undefined for names that tell neither. */
export function ownerOfMachine(name: string): Architecture | undefined {
  return MACHINES.find(([pattern]) => pattern.test(name))?.[2];
}

export function architectureOf(name: string): Architecture {
  return ARCHITECTURES.find(([pattern]) => pattern.test(name))?.[1] ?? 'other';
}

/** `x86_64` of `/usr/bin/qemu-system-x86_64`. */
function emulatorArchitecture(domain: Domain): string | undefined {
  const emulator = child(domain.root, 'devices', 'emulator');
  return emulator && /qemu-system-(\w+)$/.exec(textOf(emulator))?.[1];
}

/** "machine q35 (x86_64)": how messages call the guest's hardware. */
export function platformName(domain: Domain): string {
  const arch = attributeValue(child(domain.root, 'os', 'type'), 'arch');
  const { machine } = domain;
  if (machine === undefined) return say`architecture \`${arch ?? say`of the host`}\``;
  return arch === undefined ? say`machine \`${machine}\`` : say`machine \`${machine}\` of \`${arch}\``;
}

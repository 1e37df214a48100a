/** The CPU features that libvirt knows by name: those of its models, and schemas/cpu-features.json for what no model has. */
import table from '../../../schemas/cpu-features.json';
import { cpuModels } from './cpuModels.ts';

const ALIASES: ReadonlyMap<string, string> = new Map(Object.entries(table.x86Aliases));
const ARM: ReadonlySet<string> = new Set(table.arm.split(' '));
let x86: ReadonlySet<string> | undefined;

/** Names of x86 features. Those of nested VMX (`vmx-…`), more than a hundred, are not among them. */
export function x86Features(): ReadonlySet<string> {
  x86 ??= new Set([
    ...table.x86.split(' '),
    ...[...cpuModels('x86').values()].flatMap(({ features }) => [...features]),
  ]);
  return x86;
}

/** libvirt's name for a feature that QEMU or Linux calls otherwise: "sse4_1" → "sse4.1". */
export function x86FeatureOfAlias(name: string): string | undefined {
  return ALIASES.get(name);
}

/** The few features of 64 bit ARM that can be switched: SVE with its vector lengths, pointer authentication. */
export function armFeatures(): ReadonlySet<string> {
  return ARM;
}

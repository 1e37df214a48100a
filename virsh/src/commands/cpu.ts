/** Commands that compare CPUs by what a host's hypervisor can give a guest, which is not what the host itself has. */
import { option, readCommand, UnexpectedOutput, type VirshCommand } from '../command.ts';
import type { DomainCapabilitiesQuery } from './host.ts';

function choosing({ virtType, emulator, arch, machine }: DomainCapabilitiesQuery): string[] {
  const args: string[] = [];
  if (virtType) args.push(option('virttype', virtType));
  if (emulator) args.push(option('emulator', emulator));
  if (arch) args.push(option('arch', arch));
  if (machine) args.push(option('machine', machine));
  return args;
}

/**
 * Whether a guest with the CPU of a document (`<cpu>`, `<domain>`, or the host-model of `<domainCapabilities>`) can run there. One that cannot is
 * a failure, whose standard error names the features that are missing.
 */
export function compareCpu(
  document: string,
  query: DomainCapabilitiesQuery = {},
): VirshCommand<'identical' | 'superset'> {
  const command = readCommand(['hypervisor-cpu-compare', '--error', ...choosing(query)], parseComparison);
  return { ...command, document: { option: '--file', text: document } };
}

function parseComparison(output: string): 'identical' | 'superset' {
  if (/is identical to the CPU/.test(output)) return 'identical';
  if (/is a superset of CPU/.test(output)) return 'superset';
  throw new UnexpectedOutput(`not a comparison of CPUs: ${output.slice(0, 200)}`);
}

/** The `<cpu>` that every host can give whose `<domainCapabilities>` stand in the text, one after the other. */
export function baselineCpu(documents: string, query: DomainCapabilitiesQuery = {}): VirshCommand<string> {
  const command = readCommand(['hypervisor-cpu-baseline', '--migratable', ...choosing(query)], (output) =>
    output.trim(),
  );
  return { ...command, document: { option: '--file', text: documents } };
}

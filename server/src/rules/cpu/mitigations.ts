/** Flags against CPU flaws that named models, frozen before the flaws were known, do not turn on. */
import { mentions, type NamedCpu, namedX86Model } from '../../domain/cpu.ts';
import { type CpuModel, lacksOfX86v2 } from '../../domain/cpuModels.ts';
import type { Domain } from '../../domain/domain.ts';

export interface Unprotected {
  readonly cpu: NamedCpu;
  /** What the guest cannot use, by the names of the features to add. */
  readonly missing: readonly string[];
}

/** The model of a KVM guest, if it is of these vendors; models below x86-64-v2 are another rule's. */
function modelOf(domain: Domain, vendors: readonly string[]) {
  const named = domain.isKvm ? namedX86Model(domain) : undefined;
  if (!named || lacksOfX86v2(named.known).length > 0) return undefined;
  return vendors.includes(named.known.vendor ?? '') ? named : undefined;
}

/** A flag counts as settled when the model has it or the document speaks of it, be it to switch it off. */
function settled(cpu: NamedCpu, known: CpuModel, ...flags: string[]): boolean {
  return flags.some((flag) => known.features.has(flag)) || mentions(cpu, ...flags);
}

/**
 * Intel: Spectre v2 (spec-ctrl), Spectre v4 (ssbd), MDS (md-clear). From Cascadelake on models have ssbd, and their silicon has
 * other flags (mds-no), so that they are not judged.
 */
export function unprotectedIntel(domain: Domain): Unprotected | undefined {
  const named = modelOf(domain, ['Intel']);
  if (!named || named.known.features.has('ssbd')) return undefined;
  const { cpu, known } = named;
  const missing = [
    ...(settled(cpu, known, 'spec-ctrl') ? [] : ['spec-ctrl']),
    ...(settled(cpu, known, 'ssbd', 'ssb-no') ? [] : ['ssbd']),
    ...(settled(cpu, known, 'md-clear', 'mds-no') ? [] : ['md-clear']),
  ];
  return missing.length > 0 ? { cpu, missing } : undefined;
}

/** AMD and Hygon: Spectre v2 (ibpb), Spectre v4 (amd-ssbd; virt-ssbd for older kernels), unless amd-no-ssb says immune. */
export function unprotectedAmd(domain: Domain): Unprotected | undefined {
  const named = modelOf(domain, ['AMD', 'Hygon']);
  if (!named) return undefined;
  const { cpu, known } = named;
  const missing = [
    ...(settled(cpu, known, 'ibpb') ? [] : ['ibpb']),
    ...(settled(cpu, known, 'amd-ssbd', 'virt-ssbd', 'amd-no-ssb') ? [] : ['amd-ssbd', 'virt-ssbd']),
  ];
  return missing.length > 0 ? { cpu, missing } : undefined;
}

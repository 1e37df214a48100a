import { firstIds, formatCpuset, parseCpuset } from '../../domain/cpuset.ts';
import type { Domain } from '../../domain/domain.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attribute, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

interface Incomplete {
  readonly first: XmlElement;
  /** The vCPUs of the first cell, and those of none. */
  readonly own: ReadonlySet<number>;
  readonly missing: readonly number[];
}

function* incomplete(domain: Domain): Iterable<Incomplete> {
  const [first] = domain.numaCells;
  const vcpus = firstIds(domain.vcpus ?? 0);
  if (!domain.isQemu || !first || !vcpus) return;
  const sets = domain.numaCells.map((cell) => parseCpuset(attribute(cell, 'cpus')?.value ?? '^0'));
  const listed = new Set(sets.flatMap((set) => [...(set ?? [])]));
  const missing = vcpus.filter((id) => !listed.has(id));
  if (sets.includes(undefined) || missing.length === 0 || listed.size === 0) return;
  yield { first, own: sets[0] ?? new Set(), missing };
}

export const rule = defineRule<Incomplete>({
  id: 'numa-pinning/cell-cpus-incomplete',
  severity: 'warning',
  since: '6.5.0',
  needs: ['cell'],
  find: incomplete,
  say({ first, missing }) {
    const cpus = attribute(first, 'cpus');
    return {
      at: cpus ? valueSpan(cpus) : nameSpan(first),
      message: say`vCPU ${formatCpuset(missing)} ${missing.length > 1 ? 'are' : 'is'} in no cell; libvirt puts ${missing.length > 1 ? 'them' : 'it'} into this one, the first, whatever was meant. Name all vCPUs.`,
    };
  },
  fix: ({ first, own, missing }, { document }) => {
    const all = formatCpuset([...own, ...missing]);
    return [
      { title: say`Write cpus='${all}', as libvirt takes it`, edits: setAttribute(first, 'cpus', all, document) },
    ];
  },
});

/** Sets of CPUs, vCPUs and nodes that libvirt cannot read, or that nothing is left of. */
import { formatCpuset, parseCpuset } from '../../domain/cpuset.ts';
import type { Domain } from '../../domain/domain.ts';
import { say } from '../../l10n/say.ts';
import { setValue } from '../../xml/edits.ts';
import { attribute, child, childElements, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute, XmlDocument, XmlElement } from '../../xml/tree.ts';
import { type Refused, refusal } from '../refusal.ts';
import type { Rule } from '../rule.ts';

/** libvirt's sets hold numbers below this (VIR_DOMAIN_CPUMASK_LEN). */
const BEYOND = 16384;
/** What the grammar lets pass: numbers, ranges and exclusions. Anything else it refuses itself. */
const WRITTEN = /^\^?\d+(-\d+)?(,\^?\d+(-\d+)?)*$/;

/** Attributes that hold a set, by the path of their element. */
const SETS: readonly (readonly [path: readonly string[], name: string])[] = [
  [['vcpu'], 'cpuset'],
  [['cputune', 'vcpupin'], 'cpuset'],
  [['cputune', 'emulatorpin'], 'cpuset'],
  [['cputune', 'iothreadpin'], 'cpuset'],
  [['cputune', 'vcpusched'], 'vcpus'],
  [['cputune', 'iothreadsched'], 'iothreads'],
  [['cputune', 'cachetune'], 'vcpus'],
  [['cputune', 'memorytune'], 'vcpus'],
  [['numatune', 'memory'], 'nodeset'],
  [['numatune', 'memnode'], 'nodeset'],
  [['memoryBacking', 'hugepages', 'page'], 'nodeset'],
  [['cpu', 'numa', 'cell'], 'cpus'],
];

/** Every element at the end of a path of names. */
function elementsAt(root: XmlElement, [first, ...rest]: readonly string[]): XmlElement[] {
  if (first === undefined) return [root];
  // Only the last name of a path is repeated.
  const next = rest.length === 0 ? childElements(root, first) : [child(root, first)];
  return next.flatMap((one) => (one ? elementsAt(one, rest) : []));
}

function setsOf(domain: Domain): XmlAttribute[] {
  return SETS.flatMap(([path, name]) => elementsAt(domain.root, path).flatMap((one) => attribute(one, name) ?? []));
}

function* malformed(set: XmlAttribute, document: XmlDocument): Iterable<Refused> {
  const value = set.value;
  if (!WRITTEN.test(value)) return;
  const at = valueSpan(set);
  const backwards = /(\d+)-(\d+)/g;
  const turned = value.replace(backwards, (range, first, last) =>
    Number(last) < Number(first) ? `${last}-${first}` : range,
  );
  const largest = Math.max(...value.split(/[^\d]+/).map(Number));
  const ids = parseCpuset(value);
  if (turned !== value)
    yield {
      at,
      message: say`A range goes from the smaller number to the larger one: libvirt cannot read \`${value}\`.`,
      fixes: [{ title: say`Change ${set.name} to '${turned}'`, edits: setValue(set, turned, document) }],
    };
  else if (largest >= BEYOND) {
    const kept = formatCpuset([...(ids ?? [])].filter((id) => id < BEYOND));
    yield {
      at,
      message: say`libvirt's sets end at ${BEYOND - 1}; it cannot read \`${value}\`.`,
      fixes: kept ? [{ title: say`Change ${set.name} to '${kept}'`, edits: setValue(set, kept, document) }] : [],
    };
  } else if (ids?.size === 0 && !['vcpus', 'iothreads', 'cpus'].includes(set.name)) {
    const meant = value.replaceAll('^', '');
    yield {
      at,
      message: say`Nothing is left of \`${value}\`, for \`^\` takes a number out: libvirt refuses an empty set.`,
      fixes: [
        { title: say`Change ${set.name} to '${firstOf(meant)}'`, edits: setValue(set, firstOf(meant), document) },
      ],
    };
  }
}

/** The part before the first comma: what a set held before exclusions emptied it. */
function firstOf(value: string): string {
  return value.split(',')[0] ?? value;
}

export const refusals: readonly Rule[] = [
  refusal(
    'numa-pinning/cpuset-malformed',
    'numa-pinning/cpusets',
    (domain) => setsOf(domain).flatMap((set) => [...malformed(set, domain.document)]),
    { needs: ['@cpuset|@nodeset|@vcpus|@iothreads|@cpus'] },
  ),
];

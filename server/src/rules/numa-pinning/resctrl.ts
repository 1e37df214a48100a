/** Shares of the host's caches and memory bandwidth (resctrl) that libvirt refuses. */
import { formatCpuset, parseCpuset } from '../../domain/cpuset.ts';
import { cpuTune } from '../../domain/cpuTune.ts';
import type { Domain } from '../../domain/domain.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeValue, childElements, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropElement, setValueOf } from '../fixes.ts';
import { placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'numa-pinning/resctrl';

interface Group {
  readonly element: XmlElement;
  /** The vCPUs of it that the guest has. */
  readonly vcpus: ReadonlySet<number>;
}

/** cachetune and memorytune, in document order; those of no vCPU of the guest, or without contents, libvirt drops. */
function groupsOf(domain: Domain): readonly Group[] {
  return domain.keep('resctrl groups', () => {
    const tune = cpuTune(domain).element;
    return (tune ? childElements(tune) : [])
      .filter(({ name }) => name === 'cachetune' || name === 'memorytune')
      .flatMap((element) => {
        const ids = parseCpuset(attributeValue(element, 'vcpus') ?? '');
        const vcpus = new Set([...(ids ?? [])].filter((id) => id < (domain.vcpus ?? 0)));
        return vcpus.size > 0 && childElements(element).length > 0 ? [{ element, vcpus }] : [];
      });
  });
}

function isSame(one: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
  return one.size === other.size && [...one].every((id) => other.has(id));
}

/** Groups of other vCPUs may not share one; those of the same vCPUs are one group, with one of each kind. */
function* overlaps(domain: Domain): Iterable<Refused> {
  const groups = groupsOf(domain);
  for (const [index, group] of groups.entries()) {
    const before = groups
      .slice(0, index)
      .find(
        (other) =>
          [...group.vcpus].some((id) => other.vcpus.has(id)) &&
          (!isSame(group.vcpus, other.vcpus) || other.element.name === group.element.name),
      );
    if (!before) continue;
    const common = formatCpuset([...group.vcpus].filter((id) => before.vcpus.has(id)));
    yield {
      at: placeOf(group.element, 'vcpus'),
      message: say`vCPU ${common} is in a group already, and a group is one set of vCPUs with one share of each kind: libvirt refuses the definition.`,
      related: [relatedTo(placeOf(before.element, 'vcpus'), say`The first group`)],
      fixes: [dropElement(group.element, domain.document)],
    };
  }
}

/** The kernel gives a group of processes its share, and only KVM's vCPUs are processes (threads) of their own. */
function* withoutKvm(domain: Domain): Iterable<Refused> {
  const [first] = domain.isKvm ? [] : groupsOf(domain);
  if (first)
    yield {
      at: nameSpan(first.element),
      message: say`\`<${first.element.name}>\` is for guests of \`type='kvm'\`; with \`${domain.type}\` libvirt refuses it.`,
      fixes: [dropElement(first.element, domain.document)],
    };
}

/** Caches, nodes and monitors of one group. */
function* insideGroup({ element, vcpus }: Group, { document }: Domain): Iterable<Refused> {
  const taken = new Map<string, XmlElement>();
  const monitored: ReadonlySet<number>[] = [];
  for (const part of childElements(element)) {
    const fixes = [dropElement(part, document)];
    const bandwidth = wholeNumber(attributeValue(part, 'bandwidth'));
    if (part.name === 'node' && bandwidth !== undefined && bandwidth > 100) {
      yield {
        at: placeOf(part, 'bandwidth'),
        message: say`Memory bandwidth is shared out in percent: libvirt refuses ${bandwidth}.`,
        fixes: [setValueOf(part, 'bandwidth', '100', document)],
      };
    }
    if (part.name === 'monitor') {
      yield* wrongMonitor(part, vcpus, monitored, fixes);
      continue;
    }
    const key = part.name === 'node' ? say`node ${attributeValue(part, 'id')}` : cacheKey(part);
    const type = attributeValue(part, 'type');
    const clash = part.name === 'cache' ? clashOf(taken, key, type) : taken.get(key);
    if (clash)
      yield {
        at: nameSpan(part),
        message: say`${part.name === 'node' ? say`The bandwidth of this node` : say`This cache`} is shared out already: libvirt refuses the definition.`,
        related: [relatedTo(nameSpan(clash), say`The first`)],
        fixes,
      };
    taken.set(part.name === 'cache' ? `${key} ${type}` : key, part);
  }
}

function cacheKey(cache: XmlElement): string {
  return say`cache ${attributeValue(cache, 'level')} ${attributeValue(cache, 'id')}`;
}

/** Code and data go together; both is each of them. */
function clashOf(
  taken: ReadonlyMap<string, XmlElement>,
  key: string,
  type: string | undefined,
): XmlElement | undefined {
  const clashing = type === 'both' ? ['both', 'code', 'data'] : ['both', type];
  return clashing.map((other) => taken.get(`${key} ${other}`)).find((one) => one !== undefined);
}

function* wrongMonitor(
  monitor: XmlElement,
  group: ReadonlySet<number>,
  monitored: ReadonlySet<number>[],
  fixes: Refused['fixes'] = [],
): Iterable<Refused> {
  const level = attributeValue(monitor, 'level');
  const vcpus = attribute(monitor, 'vcpus');
  const set = parseCpuset(vcpus?.value ?? '');
  if (monitor.parent?.name === 'cachetune' && level !== undefined && wholeNumber(level) !== 3)
    yield {
      at: placeOf(monitor, 'level'),
      message: say`The kernel watches caches of level 3 alone: libvirt refuses ${level}.`,
      fixes,
    };
  else if (vcpus && set && [...set].some((id) => !group.has(id)))
    yield {
      at: valueSpan(vcpus),
      message: say`A monitor watches vCPUs of its own group (${formatCpuset(group)}): libvirt refuses \`${vcpus.value}\`.`,
      fixes,
    };
  else if (vcpus && set) {
    // A monitor of the whole group may stand beside those of parts of it.
    const isWhole = isSame(set, group);
    const clashes = (other: ReadonlySet<number>): boolean =>
      isSame(set, other) || (!isWhole && !isSame(other, group) && [...set].some((id) => other.has(id)));
    if (monitored.some(clashes))
      yield {
        at: valueSpan(vcpus),
        message: say`Another monitor watches some of these vCPUs: libvirt refuses the definition.`,
        fixes,
      };
    monitored.push(set);
  }
}

export const refusals: readonly Rule[] = [
  refusal('numa-pinning/resctrl-overlap', page, overlaps, { since: '4.1.0', needs: ['cachetune|memorytune'] }),
  refusal('numa-pinning/resctrl-without-kvm', page, withoutKvm, { since: '4.1.0', needs: ['cachetune|memorytune'] }),
  refusal(
    'numa-pinning/resctrl-group',
    page,
    (domain) => groupsOf(domain).flatMap((group) => [...insideGroup(group, domain)]),
    { since: '4.1.0', needs: ['cachetune|memorytune'] },
  ),
];

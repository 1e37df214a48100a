/** Limits of I/O that libvirt refuses: iotune that contradicts itself or its group, filters without their group. */

import type { Disk } from '../../domain/disk.ts';
import type { Domain } from '../../domain/domain.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { removeElement, setAttribute } from '../../xml/edits.ts';
import { attribute, child, childElements, nameSpan, textOf, textSpan, valueSpan } from '../../xml/query.ts';
import type { Span, XmlElement } from '../../xml/tree.ts';
import { dropElement } from '../fixes.ts';
import { defineRule, type Rule } from '../rule.ts';
import { qemuDisks, shortName } from './places.ts';

interface Conflict {
  readonly total: XmlElement;
  readonly directions: readonly XmlElement[];
}

const KINDS = ['bytes_sec', 'iops_sec', 'bytes_sec_max', 'iops_sec_max'];

/** A limit that is set: 0 means none. */
function isSet(element: XmlElement | undefined): element is XmlElement {
  return element !== undefined && wholeNumber(textOf(element)) !== 0;
}

/** A limit of the sum beside limits of the directions, of one kind. */
function conflicts(disk: Disk): Conflict[] {
  const iotune = child(disk.element, 'iotune');
  if (!iotune) return [];
  return KINDS.flatMap((kind): Conflict[] => {
    const total = child(iotune, `total_${kind}`);
    const directions = ['read', 'write'].map((one) => child(iotune, `${one}_${kind}`)).filter(isSet);
    return isSet(total) && directions.length > 0 ? [{ total, directions }] : [];
  });
}

interface Grouped {
  readonly disk: Disk;
  readonly iotune: XmlElement;
  readonly group: XmlElement;
  /** The first disk of the group, where the limits differ from its. */
  readonly first: Grouped | undefined;
}

/** Every limit as libvirt compares it: what is 0 or absent counts alike. */
function limits(iotune: XmlElement): string {
  return childElements(iotune)
    .filter((one) => one.name !== 'group_name' && isSet(one))
    .map((one) => `${one.name}=${wholeNumber(textOf(one)) ?? textOf(one)}`)
    .sort()
    .join(' ');
}

/** Disks of a throttle group that set no limit, or another one than the first of the group. */
function* wrongGroups(domain: Domain): Generator<Grouped> {
  const firsts = new Map<string, Grouped>();
  for (const disk of qemuDisks(domain)) {
    const iotune = child(disk.element, 'iotune');
    const group = iotune && child(iotune, 'group_name');
    if (!iotune || !group || textOf(group) === '') continue;
    const first = firsts.get(textOf(group));
    const own: Grouped = { disk, iotune, group, first };
    if (limits(iotune) === '') yield { ...own, first: undefined };
    else if (!first) firsts.set(textOf(group), own);
    else if (limits(first.iotune) !== limits(iotune)) yield own;
  }
}

interface Filter {
  readonly at: Span;
  readonly message: string;
  readonly fixes: (domain: Domain) => Fix[];
}

function groupNames(domain: Domain): readonly string[] {
  const groups = child(domain.root, 'throttlegroups');
  const all = groups ? childElements(groups, 'throttlegroup') : [];
  return all.map((group) => textOf(child(group, 'group_name')));
}

function wrongFilters(domain: Domain): Filter[] {
  const names = groupNames(domain);
  const known = new Set(names);
  return qemuDisks(domain).flatMap((disk): Filter[] => {
    const filters = child(disk.element, 'throttlefilters');
    const iotune = child(disk.element, 'iotune');
    if (!filters) return [];
    const drop = (whole: Domain): Fix[] => [dropElement(filters, whole.document)];
    if (disk.device === 'cdrom') {
      const message = say`Throttle filters are not possible on a cdrom: libvirt refuses the definition. Remove them.`;
      return [{ at: nameSpan(filters), message, fixes: drop }];
    }
    if (iotune && limits(iotune) !== '') {
      const message = say`${shortName(disk)} has both \`<iotune>\` and \`<throttlefilters>\`: libvirt refuses the definition. Keep the filters, or the limits of its own.`;
      const fixes = (whole: Domain): Fix[] => [
        dropElement(iotune, whole.document),
        dropElement(filters, whole.document),
      ];
      return [{ at: nameSpan(filters), message, fixes }];
    }
    return childElements(filters, 'throttlefilter').flatMap((filter): Filter[] => {
      const group = attribute(filter, 'group');
      const name = group?.value.trim();
      if (!group || name === undefined || known.has(name)) return [];
      const message = say`There is no throttle group \`${name}\` in \`<throttlegroups>\`: libvirt refuses the definition. Define it, or name one that exists.`;
      const fixes = ({ document }: Domain): Fix[] => [
        ...names.map((one) => ({
          title: say`Use the group ${one}`,
          edits: setAttribute(filter, 'group', one, document),
        })),
        { title: say`Remove the filter`, edits: removeElement(filter, document) },
      ];
      return [{ at: valueSpan(group), message, fixes }];
    });
  });
}

/** What QEMU counts in (THROTTLE_VALUE_MAX). */
const MOST = 1e15;
const RATES = ['total', 'read', 'write'].flatMap((way) => [`${way}_bytes_sec`, `${way}_iops_sec`]);

interface Limit {
  readonly at: Span;
  readonly message: string;
  readonly fixes: (domain: Domain) => Fix[];
}

/** Limits that QEMU does not take (its throttle_is_valid), of a disk or of a throttle group. */
function* wrongLimits(limits: XmlElement): Iterable<Limit> {
  const written = new Map(childElements(limits).map((element) => [element.name, element]));
  const number = (name: string): number => {
    const text = textOf(written.get(name));
    return /^\d+$/.test(text) ? Number(text) : 0;
  };
  const refused = (name: string, message: string): Limit[] => {
    const element = written.get(name);
    if (!element) return [];
    return [{ at: textSpan(element), message, fixes: (domain) => [dropElement(element, domain.document)] }];
  };
  for (const name of written.keys())
    if (number(name) > MOST)
      yield* refused(
        name,
        say`\`<${name}>\` is more than QEMU counts to: libvirt refuses limits above 1,000,000,000,000,000.`,
      );
  for (const rate of RATES) {
    const burst = number(`${rate}_max`);
    const length = number(`${rate}_max_length`);
    if (burst === 0 && length === 0) continue;
    const average = number(rate);
    const start = say`QEMU does not start.`;
    // Beside a burst of the sum it is a conflict already.
    if (!rate.startsWith('total') && number(`${rate.replace(/^[a-z]+/, 'total')}_max`) > 0) continue;
    if (burst > 0 && average === 0)
      yield* refused(
        `${rate}_max`,
        say`A burst is more than the limit for a while, and \`<${rate}>\` sets none: ${start}`,
      );
    else if (burst > 0 && burst < average)
      yield* refused(
        `${rate}_max`,
        say`The burst of ${burst} is less than the limit of ${average} that it may exceed: ${start}`,
      );
    if (length > 1 && burst === 0)
      yield* refused(`${rate}_max_length`, say`The length of a burst is stated, but no \`<${rate}_max>\`: ${start}`);
  }
  const hasIops = RATES.some((rate) => rate.endsWith('iops_sec') && number(rate) > 0);
  if (number('size_iops_sec') > 0 && !hasIops)
    yield* refused(
      'size_iops_sec',
      say`The size says how a large request is counted, and no limit counts requests: QEMU does not start.`,
    );
}

/** Every `<iotune>` of a disk and every throttle group. */
function allLimits(domain: Domain): XmlElement[] {
  const groups = child(domain.root, 'throttlegroups');
  return [
    ...qemuDisks(domain).flatMap((disk) => child(disk.element, 'iotune') ?? []),
    ...(groups && domain.isQemu ? childElements(groups, 'throttlegroup') : []),
  ];
}

/** QEMU's SD card does not take part in throttling. */
function throttledSdCards(domain: Domain): XmlElement[] {
  return qemuDisks(domain).flatMap((disk) => {
    const iotune = disk.bus === 'sd' ? child(disk.element, 'iotune') : undefined;
    return iotune && limits(iotune) !== '' ? [iotune] : [];
  });
}

export const refusals: readonly Rule[] = [
  defineRule<Conflict>({
    id: 'disk/iotune-conflict',
    page: 'disk/throttling',
    severity: 'error',
    needs: ['iotune'],
    since: '0.9.8',
    find: (domain) => domain.disks.flatMap(conflicts),
    say: ({ total, directions }) => ({
      at: nameSpan(total),
      message: say`\`<${total.name}>\` limits reads and writes together, so it excludes ${directions.map((one) => `\`<${one.name}>\``).join(say` and `)}: libvirt refuses the definition. Keep the one or the others.`,
      related: directions.map((one) => ({ ...nameSpan(one), message: say`Limits one direction` })),
    }),
    fix: ({ total, directions }, domain) => [
      dropElement(total, domain.document),
      {
        title: say`Remove ${directions.map((one) => `<${one.name}>`).join(say` and `)}`,
        edits: directions.flatMap((one) => removeElement(one, domain.document)),
      },
    ],
  }),
  defineRule<Grouped>({
    id: 'disk/iotune-group-differs',
    page: 'disk/throttling',
    severity: 'error',
    needs: ['iotune'],
    since: '3.0.0',
    find: wrongGroups,
    say: ({ disk, group, first }) => ({
      at: textSpan(group),
      message: first
        ? say`The disks of throttle group \`${textOf(group)}\` share one bucket, yet ${shortName(disk)} has other limits than ${shortName(first.disk)}: libvirt refuses the definition. Give both the same.`
        : say`${shortName(disk)} is in throttle group \`${textOf(group)}\` and sets no limit: libvirt refuses the definition. Repeat the limits of the group, or leave it out.`,
      ...(first && { related: [{ ...nameSpan(first.iotune), message: say`The limits of the first disk` }] }),
    }),
    fix: ({ disk, iotune, first }, domain) => [
      first
        ? {
            title: say`Take the limits of ${first.disk.target ?? say`the first disk`}`,
            edits: [
              {
                start: iotune.start,
                end: iotune.end,
                newText: domain.document.text.slice(first.iotune.start, first.iotune.end),
              },
            ],
          }
        : {
            ...dropElement(iotune, domain.document),
            title: say`Take ${disk.target ?? say`the disk`} out of the group`,
          },
    ],
  }),
  defineRule<Filter>({
    id: 'disk/throttle-filter',
    page: 'disk/throttling',
    severity: 'error',
    needs: ['throttlefilters'],
    since: '11.2.0',
    find: wrongFilters,
    say: ({ at, message }) => ({ at, message }),
    fix: ({ fixes }, domain) => fixes(domain),
  }),
  defineRule<Limit>({
    id: 'disk/iotune-values',
    page: 'disk/throttling',
    severity: 'error',
    needs: ['iotune|throttlegroup'],
    since: '0.9.8',
    find: (domain) => allLimits(domain).flatMap((one) => [...wrongLimits(one)]),
    say: ({ at, message }) => ({ at, message }),
    fix: ({ fixes }, domain) => fixes(domain),
  }),
  defineRule<XmlElement>({
    id: 'disk/iotune-on-sd',
    page: 'disk/throttling',
    severity: 'error',
    needs: ['iotune'],
    since: '10.0.0',
    find: throttledSdCards,
    say: (iotune) => ({
      at: nameSpan(iotune),
      message: say`QEMU cannot limit an SD card: libvirt refuses \`<iotune>\` on the bus \`sd\`. Remove it.`,
    }),
    fix: (iotune, domain) => [dropElement(iotune, domain.document)],
  }),
];

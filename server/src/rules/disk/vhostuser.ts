/** Options that a vhost-user disk cannot have: another process is the disk, and QEMU only connects the queues. */

import type { Disk } from '../../domain/disk.ts';
import type { Domain } from '../../domain/domain.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeSpan, child, childElements, nameSpan, textOf } from '../../xml/query.ts';
import type { Span, XmlElement } from '../../xml/tree.ts';
import { dropAttribute, dropElement } from '../fixes.ts';
import { placeOf } from '../refusal.ts';
import { defineRule, type Rule } from '../rule.ts';
import { busPlace, knownBus, qemuDisks } from './places.ts';
import { moveToBus } from './repairs.ts';

/** Attributes of driver that libvirt refuses, whatever their value. */
const DRIVER_OPTIONS = 'io discard detect_zeroes iothread error_policy rerror_policy copy_on_read ioeventfd'.split(' ');
/** Elements that libvirt refuses; iotune only where it limits something. */
const ELEMENTS =
  'readonly shareable transient serial wwn vendor product auth encryption geometry blockio backingStore'.split(' ');

interface Match {
  readonly disk: Disk;
  readonly at: Span;
  readonly what: string;
  readonly fix: (domain: Domain) => Fix;
}

/** cache='default' is as good as absent. */
function refusedAttributes(disk: Disk): Match[] {
  const cache = attribute(disk.driver, 'cache');
  const refused = DRIVER_OPTIONS.flatMap((name) => attribute(disk.driver, name) ?? []);
  if (cache && cache.value.trim() !== 'default') refused.push(cache);
  return refused.map((at) => ({
    disk,
    at: attributeSpan(at),
    what: `\`${at.name}\``,
    fix: (domain) => dropAttribute(at, domain.document),
  }));
}

function limitsSomething(iotune: XmlElement): boolean {
  return childElements(iotune).some((one) => one.name === 'group_name' || wholeNumber(textOf(one)) !== 0);
}

function refusedElements(disk: Disk): Match[] {
  const elements = ELEMENTS.flatMap((name) => child(disk.element, name) ?? []);
  const iotune = child(disk.element, 'iotune');
  if (iotune && limitsSomething(iotune)) elements.push(iotune);
  const cache = disk.driver && child(disk.driver, 'metadata_cache');
  if (cache) elements.push(cache);
  return elements.map((element) => ({
    disk,
    at: nameSpan(element),
    what: `\`<${element.name}>\``,
    fix: (domain) => dropElement(element, domain.document),
  }));
}

function refusedPlaces(disk: Disk): Match[] {
  const matches: Match[] = [];
  const snapshot = attribute(disk.element, 'snapshot');
  if (snapshot && snapshot.value.trim() !== 'no') {
    const fix = (domain: Domain): Fix => dropAttribute(snapshot, domain.document);
    const what = `\`snapshot='${snapshot.value.trim()}'\``;
    matches.push({ disk, at: placeOf(disk.element, 'snapshot'), what, fix });
  }
  const bus = knownBus(disk);
  if (bus !== undefined && bus !== 'virtio') {
    const fix = (domain: Domain): Fix => ({ title: say`Move to virtio`, edits: moveToBus(domain, disk, 'virtio') });
    matches.push({ disk, at: busPlace(disk), what: say`The bus \`${bus}\``, fix });
  }
  return matches;
}

export const refusals: readonly Rule[] = [
  defineRule<Match>({
    id: 'disk/vhostuser-options',
    page: 'disk/vhostuser',
    severity: 'error',
    needs: ['disk', '@type'],
    since: '7.1.0',
    find: (domain) =>
      qemuDisks(domain)
        .filter((disk) => disk.type === 'vhostuser' && disk.device === 'disk')
        .flatMap((disk) => [...refusedAttributes(disk), ...refusedElements(disk), ...refusedPlaces(disk)]),
    say: ({ disk, at, what }) => ({
      at,
      message: say`${what} cannot be used with a vhost-user disk: another process is the disk, and QEMU only connects the queues. libvirt refuses the definition; set it up in that process.`,
      related: [{ ...placeOf(disk.element, 'type'), message: say`A vhost-user disk` }],
    }),
    fix: ({ fix }, domain) => [fix(domain)],
  }),
];

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { NAMESPACE } from '../../../server/src/domain/lintMetadata.ts';
import type { Mention } from '../../../server/src/domain/references/site.ts';
import { entityUnderCursor } from '../../../server/src/features/entity.ts';
import { type Elsewhere, renameable, renameEdits } from '../../../server/src/features/rename.ts';
import { applyEdits } from '../../../server/src/finding.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { atMark } from '../../support/cursor.ts';

const guest = (parts: string, devices = '') => `<domain type='kvm'>${parts}<devices>${devices}</devices></domain>`;
const threads = "<iothreadids><iothread id='1'/><iothread id='2'/></iothreadids>";
const nowhere: Elsewhere = () => [];

/** The text afterwards, or why not; undefined where nothing is named. */
function rename(marked: string, to: string, elsewhere: Elsewhere = nowhere): string | undefined {
  const { text, offset } = atMark(marked);
  const document = parseXml(text);
  const under = entityUnderCursor(document, offset);
  if (!under) return undefined;
  const answer = renameEdits(document, under, to, elsewhere);
  if (!answer.ok) return answer.problem;
  // What an editor asks first never says no where there is an answer after it.
  assert.ok(renameable(document, under, elsewhere).ok);
  return applyEdits(text, answer.edits);
}

describe('renaming', () => {
  test('changes every mention', () => {
    const before = guest(threads, "<disk><driver iothread='1|'/></disk><disk><driver iothread='2'/></disk>");
    const after = guest(
      "<iothreadids><iothread id='5'/><iothread id='2'/></iothreadids>",
      "<disk><driver iothread='5'/></disk><disk><driver iothread='2'/></disk>",
    );
    assert.equal(rename(before, '5'), after);
  });

  test('keeps the base of numbers', () => {
    const before = "<controller type='pci' index='3|'/><video><address type='pci' bus='0x03' slot='0x00'/></video>";
    const after = before.replace('3|', '16').replace('0x03', '0x10');
    assert.equal(rename(guest('', before), '16'), guest('', after));
    assert.equal(rename(guest('', before), '0x10'), guest('', after));
  });

  test('escapes what needs it', () => {
    const before = guest(
      '<throttlegroups><throttlegroup><group_name>a|</group_name></throttlegroup></throttlegroups>',
      "<throttlefilter group='a'/>",
    );
    const after = guest(
      "<throttlegroups><throttlegroup><group_name>b&amp;'</group_name></throttlegroup></throttlegroups>",
      "<throttlefilter group='b&amp;&apos;'/>",
    );
    assert.equal(rename(before, "b&'"), after);
  });

  test('replaces the text of an element with its references, and leaves the blanks of its layout', () => {
    const name = (text: string) => `<network><name>${text}</name><bridge name='x'/></network>`;
    const cases: readonly (readonly [before: string, after: string])[] = [
      ['&#32;de|fault', 'new'],
      ['D|ef&#x41;&#32;', 'new'],
      ['\r\n  R&amp;|D\r\n  ', '\r\n  new\r\n  '],
      ['\n  de|fault\n', '\n  new\n'],
      ['<![CDATA[ de|fault ]]>', '<![CDATA[ new ]]>'],
    ];
    for (const [before, after] of cases) assert.equal(rename(name(before), 'new'), name(after));
  });

  test('reaches what suppressions in metadata name, by alias and by disk', () => {
    const suppress = (device: string, prefix = 'v') => `<${prefix}:suppress rule='a/b' device='${device}'/>`;
    const named = (first: string, second: string, mark = '') =>
      guest(
        `<metadata><v:lint xmlns:v='${NAMESPACE}' xmlns:o='urn:o'>${suppress(first)}${suppress(second)}${suppress('52:54:00:00:00:01')}${suppress('vda', 'o')}</v:lint></metadata>`,
        `<disk><target dev='${first}${mark}' bus='virtio'/></disk><interface><mac address='52:54:00:00:00:01'/><alias name='${second}'/></interface>`,
      );
    assert.equal(rename(named('vda', 'ua-a', '|'), 'vdb'), named('vdb', 'ua-a'));
    const alias = named('vda', 'ua-a').replace("device='ua-a'", "device='ua-a|'");
    assert.equal(rename(alias, 'ua-b'), named('vda', 'ua-b'));
    assert.equal(rename(named('vda', 'ua-a').replace("device='52", "device='|52"), 'x'), undefined);
  });

  const controller = (index: string) => `<controller type='scsi' index='${index}' model='virtio-scsi'/>`;
  const scsiDisk = (address: string) => `<disk type='file'><target dev='sda' bus='scsi'/>${address}</disk>`;
  const disk = (target: string) =>
    guest('', `<disk type='file'><target ${target}/></disk><disk><target dev='vdb' bus='virtio'/></disk>`);
  const refusals: readonly [what: string, marked: string, to: string, problem: RegExp][] = [
    ['a name that is taken', guest(threads, "<disk><driver iothread='1|'/></disk>"), '2', /IOThread 2 already/],
    ['what is no number', guest(threads, "<disk><driver iothread='1|'/></disk>"), 'one', /no whole number of 1/],
    [
      'what is not defined',
      guest(threads, "<disk><driver iothread='7|'/></disk>"),
      '8',
      /not defined in this document/,
    ],
    [
      'what is counted',
      guest('<iothreads>2</iothreads>', "<disk><driver iothread='1|'/></disk>"),
      '8',
      /libvirt counts it/,
    ],
    [
      'one of a range',
      guest("<iothreadids><iothread id='2|'/></iothreadids><iothreadsched iothreads='1-3'/>"),
      '8',
      /1-3 names/,
    ],
    ['a vCPU', guest("<vcpu>4</vcpu><cputune><vcpupin vcpu='1|' cpuset='0'/></cputune>"), '3', /counted from 0/],
    ['a NUMA cell', guest("<cpu><numa><cell id='0|'/></numa></cpu>"), '1', /without gaps/],
    [
      'an alias that libvirt drops',
      guest('', "<interface><alias name='ua-a|'/></interface>"),
      'net0',
      /begin with `ua-`/,
    ],
    ['a disk to one that is there', disk("dev='vda|' bus='virtio'"), 'vdb', /disk vdb already/],
    ['a disk to no name of a disk', disk("dev='vda|' bus='virtio'"), 'disk1', /no name of a disk/],
    ['a disk that would change its bus', disk("dev='vda|'"), 'sda', /no `bus`/],
    ['the first PCI bus', guest('', "<controller type='pci' index='0|' model='pcie-root'/>"), '4', /machine itself/],
    [
      'a controller that a drive is on by its name',
      guest('', `${controller('0|')}${scsiDisk('')}`),
      '1',
      /disk sda is on controller scsi 0 without naming it/,
    ],
    [
      'a controller that an address leaves out',
      guest('', `${controller('0|')}${scsiDisk("<address type='drive' unit='3'/>")}`),
      '1',
      /disk sda is on/,
    ],
    [
      'a controller to the index of one that libvirt would add',
      guest('', `${controller('1|')}${scsiDisk('')}`),
      '0',
      /disk sda is on controller scsi 0/,
    ],
    [
      'an IOThread beside those that are counted',
      guest(
        "<iothreads>4</iothreads><iothreadids><iothread id='1|'/></iothreadids>",
        "<disk><driver iothread='4'/></disk>",
      ),
      '5',
      /not listed \(2, 3, 4\)/,
    ],
    [
      'an IOThread to what is no decimal number',
      guest("<iothreadids><iothread id='1|'/></iothreadids>"),
      '0x2',
      /no whole/,
    ],
    [
      'an audio backend to what is no decimal number',
      guest('', "<audio id='1|' type='none'/>"),
      '0x2',
      /no whole number of 1/,
    ],
    [
      'a network that only the host knows',
      guest('', "<interface><source network='lan|'/></interface>"),
      'wan',
      /on the host/,
    ],
  ];
  for (const [what, marked, to, problem] of refusals)
    test(`refuses ${what}`, () => {
      assert.match(rename(marked, to) ?? '', problem);
    });

  test('takes a disk with a bus to any name, and one without to those of its bus', () => {
    assert.match(rename(disk("dev='vda|' bus='virtio'"), 'sdc') ?? '', /dev='sdc' bus='virtio'/);
    assert.match(rename(disk("dev='vda|'"), 'vdc') ?? '', /dev='vdc'/);
  });

  test('asks other documents for what the host has', () => {
    const reference = guest('', "<interface><source network='lan|'/></interface>");
    const defined: Mention = { kind: 'network', role: 'definition', name: 'lan', start: 0, end: 3, quote: '' };
    const elsewhere = ({ name }: { name: string }) => [{ ...defined, name }].filter((one) => one.name !== 'wan');
    assert.match(rename(reference, 'wan', elsewhere) ?? '', /network='wan'/);
    assert.match(rename(reference, 'dmz', elsewhere) ?? '', /network dmz already/);
    assert.match(rename(reference, 'a/b', elsewhere) ?? '', /no `\/`/);
  });

  test('takes controllers that all their drives name', () => {
    const named = (index: string, at: string) =>
      guest('', `${controller(index)}${scsiDisk(`<address type='drive' controller='${at}' unit='3'/>`)}`);
    assert.equal(rename(named('0|', '0'), '1'), named('1', '1'));
    // sdh is the first disk of controller 1.
    const other = "<disk><target dev='sdh' bus='scsi'/></disk>";
    assert.equal(rename(guest('', `${controller('2|')}${other}`), '3'), guest('', `${controller('3')}${other}`));
  });

  test('reads the numbers of IOThreads in decimal, as libvirt does', () => {
    const listed = (one: string) => guest(`<iothreadids><iothread id='${one}'/><iothread id='010'/></iothreadids>`);
    assert.equal(rename(listed('8|'), '3'), listed('3'));
    assert.match(rename(listed('8|'), '10') ?? '', /IOThread 10 already/);
  });

  test('names nothing in a tag', () => {
    assert.equal(rename(guest('', '<di|sk/>'), 'x'), undefined);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Completion, completion } from '../../../server/src/features/completion.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { atMark } from '../../support/cursor.ts';
import { withDevices, withParts } from '../grammar/domains.ts';

/** Bytes 0, 1, 2, …: what is fresh is the same in every run. */
function offered(marked: string): Completion[] {
  let byte = 0;
  const { text, offset } = atMark(marked);
  return completion(parseXml(text), offset, { random: () => byte++ % 256 });
}
const first = (marked: string) => offered(marked)[0]?.label;
const values = (marked: string) => offered(marked).map(({ label }) => label);
const vda = "    <disk type='file'>\n      <target dev='vda' bus='virtio'/>\n    </disk>\n";
const disk = (inside: string) => withDevices(`${vda}    <disk type='file'>\n      ${inside}\n    </disk>`);

const cases: readonly [what: string, marked: string, expected: readonly string[]][] = [
  ['the next target name of the bus', disk("<target dev='|' bus='virtio'/>"), ['vdb']],
  ['of another bus', disk("<target dev='|' bus='sata'/>"), ['sda']],
  ['of none: the two usual ones', disk("<target dev='|'/>"), ['vdb', 'sda']],
  ['its own name is free', withDevices("    <disk><target dev='v|da' bus='virtio'/></disk>"), ['vda']],
  [
    'the next index of the type',
    withDevices(
      "    <controller type='scsi' index='0'/>\n    <controller type='usb' index='0'/>\n    <controller type='scsi' index='|'/>",
    ),
    ['1'],
  ],
  [
    'the next place in the boot order',
    disk("<boot order='1'/>").replace('</devices>', "<interface type='user'><boot order='|'/></interface></devices>"),
    ['2'],
  ],
  [
    'the IOThreads there are',
    `${withParts('  <iothreads>2</iothreads>').replace('</domain>', "<devices><disk><driver iothread='|'/></disk></devices></domain>")}`,
    ['1', '2'],
  ],
  ['the next id of an IOThread', withParts("  <iothreadids><iothread id='1'/><iothread id='|'/></iothreadids>"), ['2']],
  [
    'the NUMA cells there are',
    withParts(
      "  <numatune><memnode cellid='|' mode='strict' nodeset='0'/></numatune>\n  <cpu><numa><cell id='0' memory='1'/><cell id='1' memory='1'/></numa></cpu>",
    ),
    ['0', '1'],
  ],
  ['a fresh address', withDevices("    <interface type='user'><mac address='|'/></interface>"), ['52:54:00:00:01:02']],
  ['a fresh UUID', withParts('  <uuid>|</uuid>'), ['00010203-0405-4607-8809-0a0b0c0d0e0f']],
  [
    'the next slot of a bus',
    withDevices(
      "    <sound model='ich6'><address type='pci' slot='0x01'/></sound>\n    <video><address type='pci' bus='0' slot='|'/></video>",
    ),
    ['0x02'],
  ],
  [
    'the next unit of a controller',
    withDevices(
      "    <disk><target dev='sda'/><address type='drive' controller='0' unit='0'/></disk>\n    <disk><target dev='sdb'/><address type='drive' unit='|'/></disk>",
    ),
    ['1'],
  ],
  [
    'a network that is used elsewhere',
    withDevices(
      "    <interface type='network'><source network='lab'/></interface>\n    <interface type='network'><source network='|'/></interface>",
    ),
    ['lab'],
  ],
];

describe('values of the document', () => {
  for (const [what, marked, expected] of cases)
    test(what, () => assert.deepEqual(values(marked).slice(0, expected.length), expected));

  test('stand in new elements and attributes', () => {
    const target = offered(disk('<|')).find(({ label }) => label === 'target');
    assert.equal(target?.snippet, `target dev='\${1:vdb}'/>$0`);
    const address = offered(withDevices("    <interface type='user'>\n      <|\n    </interface>")).find(
      ({ label }) => label === 'mac',
    );
    assert.match(address?.snippet ?? '', /^mac address='\$\{1:52:54:00:/);
    const dev = offered(disk('<target |/>')).find(({ label }) => label === 'dev');
    assert.match(dev?.snippet ?? '', /\{1:vdb\}/);
  });

  test('are left out where the grammar takes only words', () => {
    assert.equal(first(disk("<driver cache='|'/>")), 'none');
  });
});

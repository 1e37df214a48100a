import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { entityUnderCursor } from '../../../server/src/features/entity.ts';
import { definitionsIn, documentHighlights, referencesIn } from '../../../server/src/features/navigation.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { atMarks } from '../../support/marks.ts';

const guest = (parts: string, devices = '') => `<domain type='kvm'>${parts}<devices>${devices}</devices></domain>`;
const scsi = (target: string, address: string) =>
  `<disk type='file'><target dev='${target}' bus='scsi'/><address type='drive' ${address}/></disk>`;

/** What stands in « » names what the cursor | is at; nothing else does. */
const mentions: readonly [what: string, marked: string][] = [
  [
    'an IOThread, its users and its pins',
    guest(
      "<iothreadids><iothread id='«1»'/><iothread id='2'/></iothreadids><cputune><iothreadpin iothread='«1»' cpuset='1'/><iothreadsched iothreads='«1»,2' scheduler='fifo' priority='1'/></cputune>",
      "<disk><driver iothread='«|1»'/></disk><disk><driver><iothreads><iothread id='«1»'/></iothreads></driver></disk><controller type='scsi' model='virtio-scsi' index='1'><driver iothread='2'/></controller>",
    ),
  ],
  [
    'one that is counted',
    guest('<iothreads>«2»</iothreads>', "<disk><driver iothread='«|2»'/></disk><disk><driver iothread='1'/></disk>"),
  ],
  [
    'a range that holds it',
    guest(
      "<iothreadids><iothread id='«2|»'/></iothreadids><cputune><iothreadsched iothreads='«1-3»,5' scheduler='batch'/></cputune>",
    ),
  ],
  [
    'the end of a range that the cursor is at',
    guest(
      "<vcpus><vcpu id='0' enabled='yes'/><vcpu id='«3»' enabled='yes'/></vcpus><cputune><vcpusched vcpus='«0-3|»' scheduler='batch'/></cputune>",
    ),
  ],
  ['a vCPU that is counted', guest("<vcpu>«4»</vcpu><cputune><vcpupin vcpu='«|3»' cpuset='3'/></cputune>")],
  [
    'a NUMA cell, its memory and its distances',
    guest(
      "<memoryBacking><hugepages><page size='2' unit='M' nodeset='0,«1»'/></hugepages></memoryBacking><numatune><memnode cellid='«1»' mode='strict' nodeset='1'/></numatune><cpu><numa><cell id='0' cpus='0' memory='1'><distances><sibling id='«1»' value='21'/></distances></cell><cell id='«|1»' cpus='1' memory='1'/></numa></cpu>",
      "<memory model='dimm'><target><node>«1»</node></target></memory>",
    ),
  ],
  [
    'a NUMA cell without an id',
    guest(
      "<numatune><memnode cellid='«|1»' mode='strict' nodeset='1'/></numatune><cpu><numa><cell cpus='0' memory='1'/><«cell» cpus='1' memory='1'/></numa></cpu>",
    ),
  ],
  [
    'a SCSI controller and the drives on it',
    guest(
      '',
      `<controller type='scsi' index='«|0»'/><controller type='sata' index='0'/>${scsi('sda', "controller='«0»' unit='0'")}${scsi('sdb', "controller='1' unit='0'")}<hostdev type='scsi'><source><address bus='0' target='0' unit='0'/></source><address type='drive' controller='«0»'/></hostdev>`,
    ),
  ],
  [
    'a PCI port by the bus it makes, in any base',
    guest(
      '',
      "<controller type='pci' index='«16»' model='pcie-root-port'/><interface><address type='pci' domain='0x0000' bus='«|0x10»' slot='0x00'/></interface><hostdev type='pci'><source><address domain='0' bus='0x10' slot='0'/></source></hostdev>",
    ),
  ],
  [
    'a controller without an index',
    guest(
      '',
      "<«controller» type='virtio-serial'/><channel><address type='virtio-serial' controller='«|0»' bus='0' port='1'/></channel>",
    ),
  ],
  [
    'a USB controller and its companions',
    guest(
      '',
      "<controller type='usb' index='«0»' model='ich9-ehci1'/><controller type='usb' index='«0»' model='ich9-uhci1'/><input><address type='usb' bus='«|0»' port='1'/></input>",
    ),
  ],
  [
    'an alias',
    guest(
      '',
      "<interface><alias name='«ua-backup»'/></interface><interface><teaming type='transient' persistent='«|ua-backup»'/></interface>",
    ),
  ],
  [
    'an audio backend',
    guest(
      '',
      "<graphics type='vnc'><audio id='«|1»'/></graphics><sound model='ich9'><audio id='«1»'/></sound><audio id='«1»' type='none'/>",
    ),
  ],
  [
    'a throttle group',
    guest(
      '<throttlegroups><throttlegroup><group_name>«slow|»</group_name></throttlegroup></throttlegroups>',
      "<disk><throttlefilters><throttlefilter group='«slow»'/></throttlefilters></disk>",
    ),
  ],
  [
    'a shared group of limits',
    guest(
      '',
      '<disk><iotune><group_name>«a|»</group_name></iotune></disk><disk><iotune><group_name> «a» </group_name></iotune></disk>',
    ),
  ],
  [
    'a network',
    guest(
      '',
      "<interface type='network'><source network='«|lan»'/></interface><interface type='network'><source network='«lan»'/></interface>",
    ),
  ],
  [
    'a port group of one network',
    guest(
      '',
      "<interface><source network='a' portgroup='«x|»'/></interface><interface><source network='b' portgroup='x'/></interface><interface><source network='a' portgroup='«x»'/></interface>",
    ),
  ],
  [
    'a secret',
    guest(
      '',
      "<disk><source><auth><secret type='ceph' uuid='«|AB-12»'/></auth></source></disk><disk><encryption><secret uuid='«ab12»'/></encryption></disk>",
    ),
  ],
  [
    'a disk in a snapshot and the domain of the snapshot',
    "<domainsnapshot><disks><disk name='«|vda»'/></disks><domain type='kvm'><devices><disk><target dev='«vda»'/></disk></devices></domain></domainsnapshot>",
  ],
  [
    'two guests in one document apart',
    "<domainsnapshot><domain><iothreadids><iothread id='«|1»'/></iothreadids></domain><inactiveDomain><iothreadids><iothread id='1'/></iothreadids></inactiveDomain></domainsnapshot>",
  ],
  [
    'what a half-typed document has',
    "<domain><iothreadids><iothread id='«1»'/></iothreadids><devices><disk><driver iothread='«1|»",
  ],
];

describe('what is named under the cursor', () => {
  for (const [what, marked] of mentions)
    test(what, () => {
      const { text, offset, spans } = atMarks(marked);
      const found = documentHighlights(parseXml(text), offset).map(({ start, end }) => ({ start, end }));
      assert.deepEqual(found, spans, `found ${found.map(({ start, end }) => text.slice(start, end)).join(' | ')}`);
    });

  test('is nothing in a place that names nothing', () => {
    const { text, offset } = atMarks(guest("<vcpu cpuset='0|-3'>4</vcpu>"));
    assert.equal(entityUnderCursor(parseXml(text), offset), undefined);
  });

  test('is defined in one place and referred to in others', () => {
    const { text, offset } = atMarks(mentions[0]?.[1] ?? '');
    const sites = entityUnderCursor(parseXml(text), offset)?.sites ?? [];
    const lines = (of: readonly { element: { name: string } }[]) => of.map(({ element }) => element.name);
    assert.deepEqual(lines(definitionsIn(sites)), ['iothread']);
    assert.deepEqual(lines(referencesIn(sites, false)), ['iothreadpin', 'iothreadsched', 'driver', 'iothread']);
    assert.equal(referencesIn(sites, true).length, 5);
  });
});

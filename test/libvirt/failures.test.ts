/** Faults provoked on a real libvirtd: what is said of them, where it is marked, and what the audit log has of it all. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { AuditTrail, domain, type Host, locateFailure, openHost, storage } from '../../virsh/src/index.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { failed, value } from '../support/bed/results.ts';
import { scratchDirectory } from '../support/bed/scratch.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';

/** A fault in the tiny guest, the kind of its failure, and what is marked. */
interface Fault {
  readonly name: string;
  readonly devices?: string;
  readonly head?: string;
  readonly edit?: (xml: string) => string;
  readonly kind: string;
  readonly marked: readonly string[];
}

const disk = "<disk type='file' device='disk'><source file='/x'/><target dev='vda' bus='virtio'/></disk>";
const refusedAtDefine: readonly Fault[] = [
  { name: 'two disks of one target', devices: disk, kind: 'refused', marked: ['vda', 'vda'] },
  {
    name: 'a group’s MAC address',
    devices: "<interface type='user'><mac address='01:00:00:AA:00:01'/></interface>",
    kind: 'refused',
    marked: ['01:00:00:AA:00:01'],
  },
  { name: 'a bridge without a name', devices: "<interface type='bridge'/>", kind: 'refused', marked: ['bridge'] },
  {
    name: 'an unknown machine type',
    edit: (xml) => xml.replace("machine='pc'", "machine='pc-q35-99.0'"),
    kind: 'unsupported',
    marked: ['pc-q35-99.0'],
  },
  { name: 'a word as memory', edit: (xml) => xml.replace('>16<', '>lots<'), kind: 'refused', marked: ['lots'] },
  {
    name: 'two devices first in the boot order',
    devices: "<interface type='user'><boot order='1'/></interface><interface type='user'><boot order='1'/></interface>",
    edit: (xml) => xml.replace("<boot dev='hd'/>", ''),
    kind: 'refused',
    marked: ['1', '1'],
  },
  {
    name: 'a long VNC password',
    devices: "<graphics type='vnc' passwd='much-too-long'/>",
    kind: 'refused',
    marked: ['much-too-long'],
  },
  {
    name: 'a tag that is not closed',
    edit: (xml) => xml.replace('</vcpu>', ''),
    kind: 'not-well-formed',
    marked: ['</domain>'],
  },
];
const refusedAtStart: readonly Fault[] = [
  {
    name: 'a missing image',
    edit: (xml) => xml.replace(/file='[^']*'/, "file='/nope/a.qcow2'"),
    kind: 'not-found',
    marked: ['/nope/a.qcow2'],
  },
  {
    name: 'a missing network',
    devices: "<interface type='network'><source network='nonet'/></interface>",
    kind: 'not-found',
    marked: ['nonet'],
  },
  {
    name: 'an unknown CPU',
    head: "<cpu mode='custom' match='exact'><model>NoSuchCPU</model></cpu>",
    kind: 'unsupported',
    marked: ['NoSuchCPU'],
  },
  {
    name: 'a missing secret',
    edit: (xml) =>
      xml
        .replace(
          "bus='virtio'/>",
          "bus='virtio'/><encryption format='luks'><secret type='passphrase' uuid='a1b2c3d4-0000-4000-8000-000000000001'/></encryption>",
        )
        .replace("type='qcow2'", "type='raw'"),
    kind: 'not-found',
    marked: ['a1b2c3d4-0000-4000-8000-000000000001'],
  },
  {
    name: 'a log file in no directory',
    devices: "<serial type='file'><source path='/nope/log'/></serial>",
    kind: 'refused',
    marked: ['/nope/log'],
  },
  {
    name: 'a NUMA node that is not there',
    head: "<numatune><memory mode='strict' nodeset='63'/></numatune>",
    kind: 'unsupported',
    marked: ['63'],
  },
  {
    name: 'an option ROM that is not there',
    devices: "<interface type='user'><model type='virtio'/><rom file='/nope/rom'/></interface>",
    kind: 'not-found',
    marked: ['/nope/rom'],
  },
];

describe('failures of a private libvirtd', { skip: requirements(...daemonPrograms) }, () => {
  let bed: LibvirtDaemon;
  let host: Host;
  let audit: AuditTrail;
  const scratch = scratchDirectory();
  const directory = path.join(scratch.directory, 'audit');
  before(async () => {
    bed = await LibvirtDaemon.start();
    audit = new AuditTrail({ directory });
    host = openHost({ kind: 'uri', name: 'bed', uri: bed.uri }, { audit });
  });
  after(async () => {
    host.close();
    scratch.remove();
    await bed.stop();
  });

  const faulty = ({ devices = '', head = '', edit = (xml) => xml }: Fault): string =>
    edit(tinyDomain({ name: 'faulty', disk: bed.makeImage('faulty.qcow2'), devices, head }));

  for (const fault of refusedAtDefine) {
    it(`define: ${fault.name}`, async () => {
      const xml = faulty(fault);
      const failure = failed(await host.run(domain.define(xml, { validate: false })));
      assert.equal(failure.kind, fault.kind, failure.stderr);
      const found = failure.place ? locateFailure(xml, failure.place) : [];
      assert.deepEqual(
        found.map(({ start, end }) => xml.slice(start, end)),
        fault.marked,
        failure.stderr,
      );
    });
  }

  it('define: where this machine has no room for the document, nothing is sent and nothing is thrown', async () => {
    const before = process.env.TMPDIR;
    process.env.TMPDIR = path.join(scratch.directory, 'none');
    try {
      const failure = failed(await host.run(domain.define(faulty({ name: '', kind: '', marked: [] }))));
      assert.equal(failure.neverStarted, true);
      assert.match(failure.message, /cannot be written to .*none on this machine/);
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
  });

  for (const fault of refusedAtStart) {
    it(`start: ${fault.name}`, async () => {
      const xml = faulty(fault);
      value(await host.run(domain.define(xml)));
      const failure = failed(await host.run(domain.start('faulty')));
      value(await host.run(domain.undefine('faulty')));
      assert.equal(failure.kind, fault.kind, failure.stderr);
      const found = failure.place ? locateFailure(xml, failure.place) : [];
      assert.deepEqual(
        found.map(({ start, end }) => xml.slice(start, end)),
        fault.marked,
        failure.stderr,
      );
    });
  }

  it('the audit log has each change with its outcome, and no password', async () => {
    const secret = 'Zq81mm';
    const before = audit.read().length;
    const xml = tinyDomain({
      name: "it's",
      disk: bed.makeImage('audit.qcow2'),
      devices: `<graphics type='vnc' passwd='${secret}'/>`,
    });
    value(await host.run(domain.define(xml)));
    value(await host.run(domain.dumpXml("it's", { secrets: true })));
    const broken = failed(await host.run(domain.define(xml.replace("name='qemu'", `name=qemu passwd='${secret}'`))));
    assert.equal(broken.kind, 'not-well-formed');
    value(await host.run(domain.undefine("it's")));
    const records = audit.read().slice(0, audit.read().length - before);
    assert.deepEqual(
      records.map(({ change, end }) => [change.verb, change.domain, end?.outcome, end?.exitCode]),
      [
        ['undefine', "it's", 'ok', 0],
        ['define', "it's", 'not-well-formed', 1],
        ['define', "it's", 'ok', 0],
      ],
    );
    assert.match(records[0]?.commandLine ?? '', /virsh -q -c '?qemu\+unix:.* undefine '--domain=it'\\''s'$/);
    const files = readdirSync(directory).map((name) => path.join(directory, name));
    for (const file of files) {
      assert.equal(readFileSync(file, 'utf8').includes(secret), false);
      assert.equal(statSync(file).mode & 0o777, 0o600);
    }
    assert.equal([broken.stderr, broken.message, broken.commandLine].join().includes(secret), false);
  });

  it('the audit log has uploads too, which run as streams', async () => {
    value(await host.run(storage.createDirectoryPool('images', bed.images)));
    value(await host.run(storage.createVolume('images', 'up.raw', 4096, 'raw')));
    const args = ['vol-upload', '--vol=up.raw', '--file=/dev/stdin', '--pool=images'];
    const upload = value(await host.stream({ args, mode: 'send', isChange: true }));
    assert.equal(audit.read()[0]?.end, undefined);
    upload.input.end(Buffer.alloc(4096, 7));
    value(await upload.ended);
    const [record] = audit.read();
    assert.deepEqual([record?.change.verb, record?.change.object], ['vol-upload', 'volume up.raw in pool images']);
    assert.equal(record?.end?.outcome, 'ok');
    value(await host.run(storage.destroyPool('images')));
  });
});

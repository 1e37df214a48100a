/** The facts of a real host: how few questions they take, what is in them and what is not, and whether what is concluded from them is so. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { checkText } from '../../server/src/check.ts';
import type { HostFacts } from '../../server/src/host/facts.ts';
import { readFacts, writeFacts } from '../../server/src/host/factsFile.ts';
import { domain, type LogEntry, openHost, readHostFacts } from '../../virsh/src/index.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements, sshPrograms } from '../support/bed/requirements.ts';
import { value } from '../support/bed/results.ts';
import { SshServer } from '../support/bed/sshServer.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';
import { validDomains, withoutCorpus } from '../support/corpus.ts';
import { emulated } from './support/documents.ts';
import { commandLine, define, type Verdict } from './support/libvirtOracle.ts';

const secretUuid = '0a81f5b2-8403-7b23-c8d6-21ccc2f80d6f';
const secretValue = 'dG9wc2VjcmV0';

describe('the facts of a host', { skip: requirements(...daemonPrograms, ...sshPrograms) }, () => {
  let bed: LibvirtDaemon;
  let server: SshServer;
  let image: string;
  before(async () => {
    [bed, server] = await Promise.all([LibvirtDaemon.start(), SshServer.start()]);
    image = bed.makeImage('web one.qcow2');
    const virsh = (...args: string[]) => execFileSync('virsh', ['-q', '-c', bed.uri, ...args]);
    const file = (name: string, text: string): string => {
      const at = path.join(bed.directory, name);
      writeFileSync(at, text);
      return at;
    };
    virsh(
      'net-define',
      file(
        'net.xml',
        "<network><name>lab net</name><forward mode='nat'/><bridge name='virbr77'/><portgroup name='gold'/><ip address='192.168.77.1' netmask='255.255.255.0'/></network>",
      ),
    );
    virsh(
      'secret-define',
      file(
        'secret.xml',
        `<secret><uuid>${secretUuid}</uuid><usage type='ceph'><name>client.x my key</name></usage></secret>`,
      ),
    );
    virsh('secret-set-value', secretUuid, '--file', file('secret', secretValue), '--plain');
    virsh('pool-create-as', 'images', 'dir', '--target', bed.images);
    const head = "<cputune><vcpupin vcpu='0' cpuset='1'/></cputune>";
    const devices =
      "<interface type='network'><mac address='52:54:00:AA:00:01'/><source network='lab net'/></interface><graphics type='vnc' passwd='letmein'/>";
    virsh('define', file('web.xml', tinyDomain({ name: 'web', disk: image, head, devices })));
  });
  after(() => Promise.all([bed.stop(), server.stop()]));

  const read = async (kind: 'uri' | 'ssh', changes: object = {}): Promise<{ facts: HostFacts; log: LogEntry[] }> => {
    const log: LogEntry[] = [];
    const place =
      kind === 'uri'
        ? ({ kind, uri: bed.uri } as const)
        : ({ kind, target: 'bed', options: server.options, uri: bed.uri } as const);
    const host = openHost({ name: 'lab', ...place, ...changes }, { log: (entry) => log.push(entry) });
    const facts = value(await readHostFacts(host, { now: new Date('2026-01-02T03:04:05Z') }));
    host.close();
    return { facts, log };
  };

  it('takes four questions at most, of which none changes anything', async () => {
    for (const kind of ['uri', 'ssh'] as const) {
      const { log } = await read(kind);
      assert.ok(log.length <= 4, log.map(({ commandLine: line }) => line.slice(0, 200)).join('\n'));
      assert.ok(log.every(({ lane }) => lane === 'read'));
    }
  });

  it('has what the host has', async () => {
    const { facts } = await read('ssh');
    assert.equal(facts.taken, '2026-01-02T03:04:05.000Z');
    assert.equal(facts.mode, 'session');
    assert.equal(facts.hypervisor, 'QEMU');
    assert.match(facts.libvirt ?? '', /^\d+\.\d+/);
    const q35 = facts.guests?.flatMap(({ machines }) => machines).find(({ name }) => name === 'q35');
    assert.match(q35?.aliasOf ?? '', /^pc-q35-/);
    const emulator = facts.emulators?.find(({ machine }) => machine === q35?.aliasOf);
    assert.ok(emulator?.cpuModels?.some(({ name, isUsable }) => name === 'qemu64' && isUsable));
    assert.ok(emulator?.values?.['disk/bus']?.includes('virtio'));
    assert.ok(emulator?.hostModel);
    assert.deepEqual(facts.networks, [
      { name: 'lab net', isActive: false, isAutostart: false, bridge: 'virbr77', forward: 'nat', portgroups: ['gold'] },
    ]);
    const [pool] = facts.pools ?? [];
    assert.deepEqual([pool?.name, pool?.type, pool?.path], ['images', 'dir', bed.images]);
    assert.deepEqual(pool?.volumes, [{ name: 'web one.qcow2', path: image, format: 'qcow2' }]);
    assert.deepEqual(facts.secrets, [{ uuid: secretUuid, usageType: 'ceph', usage: 'client.x my key' }]);
    assert.ok(facts.interfaces?.includes('lo'));
    assert.ok((facts.nodes?.[0]?.cores.length ?? 0) > 0);
    assert.ok(facts.nodes?.[0]?.pages?.every(({ free }) => free !== undefined));
    assert.match(facts.onlineCpus ?? '', /^0/);
    const [web, ...others] = facts.domains ?? [];
    const { name, isActive, macs, images, pinned } = web ?? {};
    assert.deepEqual(
      { name, isActive, macs, images, pinned },
      { name: 'web', isActive: false, macs: ['52:54:00:aa:00:01'], images: [image], pinned: '1' },
    );
    assert.deepEqual(others, []);
  });

  it('has no secrets, and is read from its file as it was written', async () => {
    const { facts } = await read('uri', { uri: bed.uri.replace('session?', 'session?no_verify=1&') });
    const text = writeFacts(facts);
    for (const secret of [secretValue, 'letmein', 'topsecret', bed.socket]) assert.ok(!text.includes(secret), secret);
    const again = readFacts(text, '');
    assert.ok(again.ok);
    assert.equal(writeFacts(again.facts), text);
  });

  it('is read over a read-only connection too, without what libvirt keeps from it', async () => {
    const { facts } = await read('uri', { readOnly: true });
    assert.equal(facts.networks?.length, 1);
    assert.deepEqual(facts.emulators, []);
  });

  it('tells nothing of the definition that it comes from', async () => {
    const { facts } = await read('uri');
    const host = openHost({ kind: 'uri', name: 'lab', uri: bed.uri });
    const own = value(await host.run(domain.dumpXml('web', { inactive: true })));
    host.close();
    const told = checkText(own, undefined, [facts]).filter(({ rule }) => rule === 'lifecycle/clone-identity');
    assert.deepEqual(told, []);
    const copy = own.replace(/<uuid>.*<\/uuid>/, '').replace('<name>web<', '<name>copy<');
    const clashes = checkText(copy, undefined, [facts]).filter(({ rule }) => rule === 'lifecycle/clone-identity');
    assert.equal(clashes.length, 2, 'its MAC and its image');
  });

  it('an error by facts of the host is a refusal of the host', { skip: withoutCorpus }, async (context) => {
    const { facts } = await read('uri');
    const texts = validDomains()
      .map(({ document }) => emulated(document.text))
      .filter((text) => /<domain [^>]*type='qemu'/.test(text));
    const defined = await define(bed.uri, texts);
    const lines = await commandLine(bed.uri, texts);
    const falseAlarms: string[] = [];
    const told = new Map<string, number>();
    texts.forEach((text, index) => {
      const before = new Set(checkText(text).map(({ rule }) => rule));
      const errors = checkText(text, undefined, [facts]).filter(
        ({ rule, severity }) => severity === 'error' && !before.has(rule),
      );
      for (const { rule } of errors) told.set(rule, (told.get(rule) ?? 0) + 1);
      const isTaken = (verdict: Verdict | undefined) => verdict?.outcome === 'accepted';
      if (errors.length > 0 && isTaken(defined[index]) && isTaken(lines[index]))
        falseAlarms.push(`${errors.map(({ rule, message }) => `${rule}: ${message}`).join('\n')}\n${text}`);
    });
    context.diagnostic(
      `${texts.length} domains; told as errors of the host: ${[...told].map(([rule, count]) => `${rule} ${count}`).join(', ')}`,
    );
    assert.deepEqual(falseAlarms, [], falseAlarms.join('\n\n'));
    assert.ok((told.get('devices/arch-or-type-unsupported') ?? 0) > 0);
  });
});

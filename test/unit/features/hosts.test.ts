/** What completion and hover know of the hosts that a document is for. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { chooseHosts } from '../../../server/src/domain/hosts.ts';
import { completion } from '../../../server/src/features/completion.ts';
import { hover } from '../../../server/src/features/hover.ts';
import type { HostFacts } from '../../../server/src/host/facts.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { atMark } from '../../support/cursor.ts';

const kvm = { type: 'kvm', architecture: 'x86_64' };
const x86 = { architecture: 'x86_64' };

const modern: HostFacts = {
  libvirtHost: 1,
  name: 'new',
  cpu: x86,
  guests: [{ ...kvm, osType: 'hvm', machines: [{ name: 'q35', aliasOf: 'pc-q35-9.2' }, { name: 'pc-q35-9.2' }] }],
  emulators: [{ ...kvm, machine: 'pc-q35-9.2', cpuModels: [{ name: 'EPYC-Milan', isUsable: true, vendor: 'AMD' }] }],
  networks: [
    { name: 'default', isActive: true, forward: 'nat', bridge: 'virbr0' },
    { name: 'storage', isActive: true, forward: 'bridge', portgroups: ['fast', 'slow'] },
  ],
  pools: [{ name: 'p', type: 'dir', volumes: [{ name: 'a.qcow2', path: '/img/a.qcow2', format: 'qcow2' }] }],
};
const old: HostFacts = {
  libvirtHost: 1,
  name: 'old',
  cpu: x86,
  emulators: [
    { ...kvm, machine: 'pc-q35-7.2', cpuModels: [{ name: 'EPYC-Milan', isUsable: false, blockers: ['erms', 'fsrm'] }] },
  ],
  networks: [{ name: 'default', isActive: false }],
};
/** It tells nothing of what is asked. */
const silent: HostFacts = { libvirtHost: 1, name: 'silent' };

const domain = (inside: string): string =>
  `<domain type='kvm'>\n  <name>vm</name>\n  <os><type arch='x86_64' machine='q35'>hvm</type></os>\n  ${inside}\n</domain>`;
const face = (source: string): string =>
  domain(`<devices><interface type='network'><source ${source}/></interface></devices>`);

function opened(marked: string, hosts: readonly HostFacts[]) {
  const { text, offset } = atMark(marked);
  const document = parseXml(text);
  chooseHosts(document, hosts);
  return { document, offset };
}

function offers(marked: string, ...hosts: readonly HostFacts[]): string[] {
  const { document, offset } = opened(marked, hosts);
  return completion(document, offset).map(({ label, detail }) => `${label}: ${detail}`);
}

function told(marked: string, ...hosts: readonly HostFacts[]): string {
  const { document, offset } = opened(marked, hosts);
  return /\*\*This .*$/m.exec(hover(document, offset)?.markdown ?? '')?.[0] ?? '';
}

describe('completion', () => {
  test('offers the networks of the host, and what they are', () => {
    assert.deepEqual(offers(face("network='|'"), modern), [
      'default: network on new (nat, virbr0)',
      'storage: network on new (bridge)',
    ]);
    assert.deepEqual(offers(face("network='storage' portgroup='|'"), modern), [
      'fast: port group on new',
      'slow: port group on new',
    ]);
  });

  test('of several hosts: where a thing is, and first what can be used on most', () => {
    assert.deepEqual(offers(face("network='|'"), old, modern), [
      'default: network on both hosts',
      'storage: network on new (bridge)',
    ]);
    const models = offers(domain("<cpu mode='custom'><model>|</model></cpu>"), old);
    assert.equal(models[0], 'EPYC-Milan: CPU model on old (not usable, blocked by erms, fsrm)');
  });

  test('offers machine types, volumes and images', () => {
    const machines = offers(domain('').replace("machine='q35'", "machine='|'"), modern);
    assert.ok(machines.includes('q35: machine type on new (now pc-q35-9.2)'));
    const disk = (source: string) => domain(`<devices><disk type='volume'><source ${source}/></disk></devices>`);
    assert.deepEqual(offers(disk("pool='p' volume='|'"), modern), ['a.qcow2: volume on new (qcow2)']);
    assert.deepEqual(offers(disk("file='|'").replace("'volume'", "'file'"), modern), [
      '/img/a.qcow2: image on new (qcow2, pool p)',
    ]);
  });

  test('offers what it did before where no host tells', () => {
    assert.deepEqual(offers(face("network='|'"), silent), offers(face("network='|'")));
  });
});

describe('hover', () => {
  test('says on which hosts a thing is', () => {
    assert.equal(told(face("network='def|ault'"), modern), '**This network:** on `new` (nat, virbr0).');
    assert.equal(told(face("network='stor|age'"), modern, old), '**This network:** on `new` (bridge); not on `old`.');
    assert.equal(
      told(face("network='stor|age'"), modern, { ...modern, name: 'twin' }, silent),
      '**This network:** on both hosts (bridge).',
    );
    assert.equal(told(face("network='no|where'"), modern, old), '**This network:** not on any host.');
  });

  test('says what stands in the way', () => {
    assert.equal(
      told(domain("<cpu mode='custom'><model>EPYC|-Milan</model></cpu>"), modern, old),
      '**This CPU model:** on `new` (AMD); on `old`: not usable, blocked by erms, fsrm.',
    );
  });

  test('says nothing of hosts that do not tell', () => {
    assert.equal(told(face("network='def|ault'"), silent), '');
    assert.equal(told(face("network='def|ault'")), '');
  });
});

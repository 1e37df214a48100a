/** What was last seen on a host: kept exactly, whatever it is called, and read fast enough for a first paint. */
import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { HostCache } from '../../../client/src/hosts/hostCache.ts';
import type { Connection, DomainSituation, DomainState } from '../../../virsh/src/index.ts';
import { scratchDirectory } from '../../support/bed/scratch.ts';
import { Random } from '../../support/random.ts';

describe('the cache of hosts', () => {
  const scratch = scratchDirectory();
  after(() => scratch.remove());
  const directory = path.join(scratch.directory, 'hosts');
  const connection = (name: string): Connection => ({ kind: 'uri', name, uri: 'qemu:///system' });
  const random = new Random(3);
  const pieces = ['a', '../', '/', '\0', '\n', '"', "'", '☃', '{}', ' ', '%', '\\', '__proto__'] as const;
  const hostileName = (): string => Array.from({ length: 1 + random.below(8) }, () => random.pick(pieces)).join('');
  const states: readonly [DomainState, ...DomainState[]] = ['running', 'shut-off', 'paused', 'crashed', 'unknown'];
  const domain = (name: string): DomainSituation => ({
    uuid: `00000000-0000-4000-8000-${random.below(1_000_000_000).toString().padStart(12, '0')}`,
    name,
    state: random.pick(states),
    isTransient: random.below(2) === 0,
    isAutostart: random.below(2) === 0,
    hasSnapshots: random.below(2) === 0,
    hasManagedSave: random.below(2) === 0,
  });

  it('gives back what was written, by any name', async () => {
    const cache = new HostCache(directory);
    for (let round = 0; round < 200; round += 1) {
      const host = connection(`${round}${hostileName()}`);
      const sighting = {
        seen: new Date(1_700_000_000_000 + round),
        domains: [1, 2, 3].map(() => domain(hostileName())),
      };
      assert.equal(cache.read(host), undefined);
      await cache.write(host, sighting);
      assert.deepEqual(cache.read(host), sighting);
    }
    assert.equal(readdirSync(directory).length, 200, 'a file a host, and no drafts');
  });

  it('knows a host by its way too: the same name may come to mean another machine', async () => {
    const cache = new HostCache(directory);
    await cache.write(connection('lab'), { seen: new Date(), domains: [domain('a')] });
    assert.equal(cache.read({ ...connection('lab'), uri: 'qemu:///session' }), undefined);
    assert.equal(
      cache.read({ kind: 'ssh', name: 'lab', target: 'lab', options: [], uri: 'qemu:///system' }),
      undefined,
    );
  });

  it('takes anything else for nothing', async () => {
    const cache = new HostCache(directory);
    const host = connection('garbage');
    await cache.write(host, { seen: new Date(), domains: [] });
    const file = readdirSync(directory)
      .map((name) => path.join(directory, name))
      .find(() => true);
    assert.ok(file);
    for (const text of ['', '{', 'null', '[]', '{"seen":1,"domains":[]}', '{"seen":"x"}', '7']) {
      for (const name of readdirSync(directory)) writeFileSync(path.join(directory, name), text);
      assert.equal(cache.read(host), undefined, text);
    }
    for (const name of readdirSync(directory))
      writeFileSync(path.join(directory, name), '{"seen":"2026-11-23","domains":[7,[],["u","n",99,""],["u","n",1,2]]}');
    assert.deepEqual(
      cache.read(host)?.domains.map(({ name, state }) => [name, state]),
      [['n', 'unknown']],
    );
  });

  it('is no failure where nothing can be written', async () => {
    const cache = new HostCache('/dev/null/nowhere');
    await cache.write(connection('x'), { seen: new Date(), domains: [] });
    assert.equal(cache.read(connection('x')), undefined);
  });

  it('reads 100 hosts with 100 VMs each in a moment', async () => {
    const cache = new HostCache(directory);
    const hosts = Array.from({ length: 100 }, (_, number) => connection(`host ${number}`));
    const domains = Array.from({ length: 100 }, (_, number) => domain(`vm-with-a-usual-name-${number}`));
    for (const host of hosts) await cache.write(host, { seen: new Date(), domains });
    const started = performance.now();
    const count = hosts.reduce((sum, host) => sum + (cache.read(host)?.domains.length ?? 0), 0);
    const milliseconds = performance.now() - started;
    assert.equal(count, 10_000);
    assert.ok(milliseconds < 500, `${milliseconds} ms`);
  });
});

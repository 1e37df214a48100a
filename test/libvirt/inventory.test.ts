/** What there is on a host, whatever it is called. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { escapeText } from '../../server/src/xml/edits.ts';
import { changeCommand } from '../../virsh/src/command.ts';
import {
  domain,
  type Host,
  openHost,
  readDomains,
  readNetworks,
  readPools,
  readSnapshots,
  storage,
} from '../../virsh/src/index.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { value } from '../support/bed/results.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';
import { Random } from '../support/random.ts';

describe('the inventory of a host', { skip: requirements(...daemonPrograms) }, () => {
  let bed: LibvirtDaemon;
  let host: Host;
  before(async () => {
    bed = await LibvirtDaemon.start();
    host = openHost({ kind: 'uri', name: 'bed', uri: bed.uri });
  });
  after(async () => {
    host.close();
    await bed.stop();
  });

  const random = new Random(23);
  const pieces = [
    "'",
    '"',
    ';',
    '`id`',
    '$(id)',
    ' ',
    '  ',
    '#',
    '--all',
    '-',
    '\\',
    '%s',
    'ä',
    '☃',
    '🙂',
    '<b>',
    '&',
    '*',
  ] as const;
  /** libvirt wants no slash and no line break in a name, and virsh pads some lists with blanks at the end. */
  const names = (count: number): readonly string[] => {
    const made = new Set<string>();
    while (made.size < count)
      made.add(`${Array.from({ length: 1 + random.below(5) }, () => random.pick(pieces)).join('')}.`);
    return [...made];
  };
  const named = (list: readonly { readonly name: string }[]): Set<string> => new Set(list.map(({ name }) => name));

  it('tells domains, with their states', async () => {
    const expected = names(30);
    for (const name of expected) value(await host.run(domain.define(tinyDomain({ name, disk: '/x' }))));
    const found = value(await readDomains(host));
    assert.deepEqual(named(found), new Set(expected));
    const looking = openHost({ kind: 'uri', name: 'bed', uri: bed.uri, readOnly: true });
    assert.deepEqual(value(await readDomains(looking)), found, 'who may only read sees the same');
    assert.ok(found.every(({ state, isTransient }) => state === 'shut-off' && !isTransient));
  });

  it('tells networks and pools, volumes and snapshots', async () => {
    const expected = names(8);
    const define = (command: string, text: string) =>
      host.run({ ...changeCommand([command]), document: { option: '--file', text } });
    for (const [index, name] of expected.entries()) {
      // Two pools over one directory are refused.
      const folder = index === 0 ? bed.images : `${bed.images}/${index}`;
      const tag = `<name>${escapeText(name)}</name>`;
      value(await define('net-define', `<network>${tag}</network>`));
      value(await define('pool-define', `<pool type='dir'>${tag}<target><path>${folder}</path></target></pool>`));
    }
    assert.deepEqual(named(value(await readNetworks(host))), new Set(expected));
    const pools = value(await readPools(host));
    assert.deepEqual(named(pools), new Set(expected));
    assert.ok(pools.every(({ isActive }) => !isActive));

    const [pool = ''] = expected;
    for (const name of expected) writeFileSync(path.join(bed.images, `${name}img`), '');
    value(await host.run(changeCommand(['pool-start', `--pool=${pool}`])));
    assert.ok(value(await readPools(host)).find(({ name }) => name === pool)?.isActive);
    assert.deepEqual(
      new Set(value(await host.run(storage.listVolumes(pool)))),
      new Set(expected.map((name) => `${name}img`)),
    );

    const disk = bed.makeImage('snapshots.qcow2');
    value(await host.run(domain.define(tinyDomain({ name: 'with-snapshots', disk }))));
    for (const name of expected)
      value(await host.run(changeCommand(['snapshot-create-as', '--domain=with-snapshots', `--name=${name}`])));
    const snapshots = value(await readSnapshots(host, 'with-snapshots'));
    assert.deepEqual(named(snapshots), new Set(expected));
    assert.deepEqual(
      snapshots.filter(({ isCurrent }) => isCurrent).map(({ name }) => name),
      expected.slice(-1),
    );
  });
});

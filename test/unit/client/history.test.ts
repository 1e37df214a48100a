/** The history of definitions: kept for its owner alone, bounded, one window at a time. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { History, keptAt } from '../../../client/src/documents/history.ts';
import { scratchDirectory } from '../../support/bed/scratch.ts';

const uuid = '4dea22b3-1d52-d8f3-2516-782e98ab3fa0';
const log = { info: () => undefined, warn: () => undefined };

describe('the history of a definition', () => {
  const { directory, remove } = scratchDirectory();
  after(remove);
  const history = new History(directory, log);
  const keep = (xml: string, host = 'lab') => history.keep(host, { name: 'web', uuid, state: 'shut-off', xml });

  it('keeps each text once, newest first, readable for its owner alone', async () => {
    assert.ok((await keep('<domain>1</domain>')).ok);
    const second = await keep('<domain>2</domain>');
    assert.deepEqual(await keep('<domain>2</domain>'), second, 'the same text is there already');
    const files = await history.list('lab', uuid);
    assert.equal(files.length, 2);
    assert.equal(await history.read('lab', uuid, files[0] ?? ''), '<domain>2</domain>');
    assert.ok(Math.abs(keptAt(files[0] ?? '').getTime() - Date.now()) < 60_000);
    const file = path.join(directory, 'backups', 'lab', uuid, second.ok ? second.value : '');
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(statSync(path.dirname(file)).mode & 0o777, 0o700);
  });

  it('forgets the oldest beyond fifty', async () => {
    const folder = path.join(directory, 'backups', 'old', uuid);
    mkdirSync(folder, { recursive: true });
    for (let day = 10; day < 70; day++) writeFileSync(path.join(folder, `20${day}-01-01T00-00-00.000Z.xml`), `${day}`);
    await keep('<domain/>', 'old');
    const files = await history.list('old', uuid);
    assert.equal(files.length, 50);
    assert.ok(!files.includes('2010-01-01T00-00-00.000Z.xml'));
  });

  it('stays in its folder, whatever a connection is called', async () => {
    for (const host of ['..', '../..', '/etc', 'a/b']) assert.ok((await keep('<domain/>', host)).ok);
    assert.deepEqual(readdirSync(directory), ['backups']);
    await assert.rejects(history.read('lab', uuid, '../../../../../etc/passwd'));
  });

  it('lets one window at a time define, and outlives one that has died', async () => {
    const order: string[] = [];
    const work = (name: string) => async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 150));
      order.push(`${name} ends`);
      return name;
    };
    const other = new History(directory, log);
    const [one, two] = await Promise.all([
      history.alone('lab', uuid, work('one')),
      other.alone('lab', uuid, work('two')),
    ]);
    assert.deepEqual([one, two], ['one', 'two']);
    assert.equal(order[1], order[0]?.replace('begins', 'ends'), order.join());
    const lock = path.join(directory, 'backups', 'lab', uuid, 'defining');
    writeFileSync(lock, '');
    utimesSync(lock, new Date(0), new Date(0));
    assert.equal(await history.alone('lab', uuid, async () => 'done'), 'done');
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeFileSync(lock, `${hostname()} ${pid}`);
    const started = performance.now();
    assert.equal(await history.alone('lab', uuid, async () => 'at once'), 'at once');
    assert.ok(performance.now() - started < 5000);
    await assert.rejects(history.alone('lab', uuid, async () => assert.fail('a fault')));
    assert.equal(await history.alone('lab', uuid, async () => 'free'), 'free');
  });
});

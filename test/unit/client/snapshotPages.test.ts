/** What is said of snapshots: before something is done with one, and of all of them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { outcomesPage } from '../../../client/src/commands/domain/outcomesPage.ts';
import { deleteLosses, revertLosses } from '../../../client/src/snapshots/losses.ts';
import { snapshotsPage } from '../../../client/src/snapshots/snapshotsPage.ts';
import type { SnapshotDetails } from '../../../virsh/src/index.ts';

const snapshot = (changes: Partial<SnapshotDetails> = {}): SnapshotDetails => ({
  name: 'a',
  description: undefined,
  state: 'shutoff',
  created: new Date(1_700_000_000_000),
  parent: undefined,
  hasMemory: false,
  isExternal: false,
  definition: undefined,
  ...changes,
});

describe('what is lost', () => {
  const revert = (changes: Partial<SnapshotDetails>, isActive: boolean, library = '9.0.0'): string =>
    revertLosses(snapshot(changes), { isActive, library }).join('\n');

  it('by going back: the disks, the memory of a running guest, the definition', () => {
    assert.match(revert({}, false), /^Everything written to its disks since .*2023.* is lost\./);
    assert.doesNotMatch(revert({}, false), /memory is lost/);
    assert.match(revert({}, false), /The VM stays off\./);
    assert.match(revert({}, true), /memory is lost[\s\S]*The VM is off afterwards/);
    assert.match(revert({ hasMemory: true, state: 'running' }, false), /runs on from where it was then/);
    assert.match(revert({ hasMemory: true, state: 'paused' }, true), /paused where it was then/);
  });

  it('and that the host cannot, where it is too old for it', () => {
    for (const [library, cannot] of [
      ['9.0.0', true],
      ['8.10.0', true],
      ['9.9.0', false],
      ['10.0.0', false],
    ] as const) {
      assert.equal(/cannot go back/.test(revert({ isExternal: true }, false, library)), cannot, library);
      assert.doesNotMatch(revert({}, false, library), /cannot go back/);
    }
    assert.doesNotMatch(
      revertLosses(snapshot({ isExternal: true }), { isActive: false, library: undefined }).join(),
      /cannot/,
    );
  });

  it('by deleting: the way back, and nothing of now', () => {
    const child = snapshot({ name: 'b', parent: 'a' });
    const text = deleteLosses(snapshot(), [snapshot(), child], 'a').join('\n');
    assert.match(text, /no way back[\s\S]*stay as they are now[\s\S]*stands on[\s\S]*kept: b\./);
    assert.equal(deleteLosses(child, [snapshot(), child], 'a').length, 2);
  });
});

describe('pages', () => {
  it('show snapshots below what they were made from, whatever they are called', () => {
    const page = snapshotsPage('web', 'lab', {
      current: 'c|`d`',
      snapshots: [
        snapshot({ name: 'c|`d`', parent: 'a', hasMemory: true, state: 'running', description: '[x](command:y)\n# z' }),
        snapshot(),
        snapshot({ name: 'lost', parent: 'gone', isExternal: true, created: undefined }),
      ],
    });
    const rows = page
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .slice(2);
    assert.equal(rows.length, 3);
    assert.match(rows[0] ?? '', /^\| `lost` \| {2}\| disks, in files of its own \|/);
    assert.match(rows[1] ?? '', /^\| `a` \|/);
    assert.match(rows[2] ?? '', /└ `` c\\\|`d` `` \*\*current\*\* \|.*\\\[x\\\]\(command:y\) \\# z \|$/);
    assert.match(snapshotsPage('web', 'lab', { snapshots: [], current: undefined }), /There are none\./);
  });

  it('say of each VM what came of it', () => {
    const page = outcomesPage('Start *a* VM', [{ host: 'lab', name: 'a|b', what: 'failed: no <disk>' }]);
    assert.equal(
      page,
      '# Start \\*a\\* VM\n\n| VM | host | what came of it |\n| --- | --- | --- |\n| `a\\|b` | `lab` | failed: no \\<disk\\> |\n',
    );
  });
});

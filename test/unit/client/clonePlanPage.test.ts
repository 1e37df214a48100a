/** The plan of a clone as a page: everything that will happen is on it, and names are shown as they are. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clonePlanPage } from '../../../client/src/commands/domain/clonePlanPage.ts';
import { type ClonePlan, type CloneSource, planClone } from '../../../virsh/src/index.ts';
import { value } from '../../support/bed/results.ts';

describe('the page of a clone’s plan', () => {
  const page = (change: Partial<ClonePlan> = {}): string => clonePlanPage({ ...plan, ...change }, 'lab');

  const plan = {
    ...planOf('web', 'web2'),
    disks: [
      {
        action: 'copy',
        target: 'vda',
        copy: {
          way: 'clone',
          fromPool: 'p',
          pool: 'p',
          from: 'web.qcow2',
          to: 'web2.qcow2',
          fromPath: '/p/web.qcow2',
          toPath: '/p/web2.qcow2',
          format: 'qcow2',
          capacity: 8 * 1024 ** 3,
          bytes: 3.5 * 1024 ** 3,
          staged: '',
        },
      },
      { action: 'share', target: 'hda', source: '/iso/a.iso', reason: 'CD-ROM' },
      { action: 'empty', target: 'hdb' },
    ],
  } satisfies ClonePlan;

  it('names what is copied, shared and left empty', () => {
    const rows = page().split('\n');
    assert.ok(rows.includes('| `vda` | copied, about 3.5 GiB | `/p/web.qcow2` → `/p/web2.qcow2` |'));
    assert.ok(rows.includes('| `hda` | shared: CD-ROM | `/iso/a.iso` |'));
    assert.ok(rows.includes('| `hdb` | empty drive, stays empty |  |'));
  });

  it('shows the new identity beside the old one', () => {
    assert.match(page(), /\| name \| `web` \| `web2` \|/);
    assert.ok(page().includes(`| UUID | \`${plan.source.uuid}\` | \`${plan.uuid}\` | new |`));
    const mac = { what: 'MAC address', from: 'a', to: 'b', fate: 'new', why: 'Two *cards*.' } as const;
    assert.ok(page({ identity: [mac] }).includes('| MAC address | `a` | `b` | new | Two \\*cards\\*. |'));
    assert.ok(page({ identity: [{ ...mac, to: undefined }] }).includes('| MAC address | `a` |  | new |'));
  });

  it('says what stays inside copied disks', () => {
    assert.match(page({ name: "it's" }), /machine-id.*\n\n.*`virt-sysprep --domain='it'\\''s'`/);
    assert.doesNotMatch(page({ disks: [] }), /machine-id/);
  });

  it('says what becomes of the UEFI variables', () => {
    assert.match(page({ nvram: { action: 'fresh', was: '/v.fd' } }), /Made afresh .*`\/v\.fd`/);
    assert.doesNotMatch(page(), /UEFI/);
  });

  it('takes nothing in a name for Markdown', () => {
    const hostile = 'a|b`c`[x](command:y)';
    const text = page({
      name: hostile,
      identity: planOf('web', hostile).identity,
      warnings: [`Look at ${hostile}: <b>`],
    });
    assert.ok(text.includes('# Clone `web` as `` a|b`c`[x](command:y) `` on `lab`'));
    assert.ok(text.includes('| name | `web` | `` a\\|b`c`[x](command:y) `` |'));
    assert.ok(text.includes('- Look at a\\|b\\`c\\`\\[x\\](command:y): \\<b\\>'));
  });
});

/** A plan as the planner makes it, for a VM without devices. */
function planOf(name: string, clone: string): ClonePlan {
  const source: CloneSource = {
    name,
    uuid: '4dea22b3-1d52-d8f3-2516-782e98ab3fa0',
    state: 'shut-off',
    hasManagedSave: false,
    xml: `<domain type='kvm'><name>${name}</name><uuid>4dea22b3-1d52-d8f3-2516-782e98ab3fa0</uuid></domain>`,
    taken: { names: new Set([name]), uuids: new Set(), macs: new Set() },
    pools: new Map(),
    volumes: new Map(),
    unreachable: new Map(),
    takenVolumes: new Map(),
    temporaryPools: [],
  };
  return value(planClone(source, clone));
}

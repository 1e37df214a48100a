/** "Clone VM…" as a user goes through it: to another host, cancelled in mid-copy, and as a linked clone with its danger. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { waitFor } from '../support/bed/scratch.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';
import { serverObstacle } from '../support/vscode/server.mts';
import { browserObstacle } from '../support/vscode/window.mts';
import { type InstalledWindow, openInstalledWindow } from './window.ts';

const skip = serverObstacle() ?? browserObstacle() ?? requirements(...daemonPrograms);
const waitSeconds = 30;

describe('cloning in a window', { skip }, () => {
  let here: LibvirtDaemon | undefined;
  let there: LibvirtDaemon | undefined;
  let opened: InstalledWindow | undefined;

  before(async () => {
    [here, there] = await Promise.all([LibvirtDaemon.start(), LibvirtDaemon.start()]);
    for (const bed of [here, there]) {
      mkdirSync(poolOf(bed));
      bed.giveToDaemon(poolOf(bed));
    }
    renameSync(here.makeImage('web.qcow2'), path.join(poolOf(here), 'web.qcow2'));
    const large = path.join(poolOf(here), 'large.raw');
    writeFileSync(large, randomBytes(400 * 1024 * 1024));
    here.giveToDaemon(large);
    for (const bed of [here, there]) virsh(bed, 'pool-create-as', 'images', 'dir', '--target', poolOf(bed));
    for (const [name, format] of [
      ['web', 'qcow2'],
      ['large', 'raw'],
    ] as const) {
      const file = path.join(here.directory, `${name}.xml`);
      writeFileSync(file, tinyDomain({ name, disk: path.join(poolOf(here), `${name}.${format}`), format }));
      virsh(here, 'define', file);
    }
    opened = await openInstalledWindow('web01.xml', {
      'libvirt.connections': [
        { name: 'lab', uri: here.uri },
        { name: 'rack', uri: there.uri },
      ],
    });
  });
  afterEach(async (context) => {
    if ('passed' in context && !context.passed) await opened?.picture('failure-clone');
  });
  after(async () => {
    await opened?.close();
    await Promise.all([here?.stop(), there?.stop()]);
  });

  const poolOf = (bed: LibvirtDaemon): string => path.join(bed.directory, 'pool');
  const virsh = (bed: LibvirtDaemon, ...args: string[]): string =>
    execFileSync('virsh', ['-q', '-c', bed.uri, ...args], { encoding: 'utf8' });
  const beds = (): readonly [LibvirtDaemon, LibvirtDaemon] => {
    assert.ok(here && there);
    return [here, there];
  };
  const names = (bed: LibvirtDaemon): readonly string[] =>
    virsh(bed, 'list', '--all', '--name').split('\n').filter(Boolean).sort();
  const use = (): InstalledWindow => opened ?? assert.fail('the window is open');
  /** Up to the name of the clone, which is the one that is suggested. */
  const begin = async (domain: string, kind: string, target?: string): Promise<void> => {
    const { workbench } = use();
    await workbench.runCommand('Libvirt: Clone VM');
    await workbench.choose('lab');
    await workbench.choose(domain);
    await workbench.choose(kind);
    if (target !== undefined) await workbench.choose(target);
    await workbench.page.locator('.quick-input-title', { hasText: `Clone ${domain}` }).waitFor();
    await workbench.page.keyboard.press('Enter');
  };

  it('sends a VM to another host, after its plan has been seen', async () => {
    const { workbench, picture } = use();
    const [, target] = beds();
    await begin('web', 'Full Copy to Another Host', 'rack');
    await workbench.choices.filter({ hasText: 'Leave Everything as It Is' }).waitFor();
    await picture('16-clone-plan');
    assert.deepEqual([names(target), readdirSync(poolOf(target))], [[], []], 'nothing has happened yet');
    await workbench.choose('Clone');
    await waitFor('the clone', () => names(target).includes('web'), waitSeconds);
    assert.deepEqual(readdirSync(poolOf(target)), ['web.qcow2']);
    await workbench.notifications.filter({ hasText: 'web is a clone of web on rack.' }).waitFor();
  });

  it('sends it into a directory of a host that has no pool for it, and asks again where there is none', async () => {
    const { workbench } = use();
    const [source, target] = beds();
    const bare = path.join(target.directory, 'bare');
    const special = path.join(source.directory, 'special');
    mkdirSync(bare);
    target.giveToDaemon(bare);
    mkdirSync(special);
    renameSync(source.makeImage('odd.qcow2'), path.join(special, 'odd.qcow2'));
    source.giveToDaemon(special);
    virsh(source, 'pool-create-as', 'special', 'dir', '--target', special);
    const file = path.join(source.directory, 'odd.xml');
    writeFileSync(file, tinyDomain({ name: 'odd', disk: path.join(special, 'odd.qcow2') }));
    virsh(source, 'define', file);

    await workbench.runCommand('Libvirt: Clone VM');
    for (const choice of ['lab', 'odd', 'Full Copy to Another Host', 'rack', 'A Directory'])
      await workbench.choose(choice);
    const prompt = workbench.page.locator('.quick-input-widget', { hasText: 'Directory on rack' });
    const input = prompt.locator('input[type=text], .quick-input-box input').first();
    await prompt.waitFor();
    assert.equal(await input.inputValue(), special, 'suggested is where it lies here');
    await input.fill('/nowhere/at/all');
    await input.press('Enter');
    await workbench.notifications.filter({ hasText: 'There is no directory /nowhere/at/all at rack' }).waitFor();
    await prompt.waitFor();
    await input.fill(bare);
    await input.press('Enter');
    await workbench.page.locator('.quick-input-title', { hasText: 'Clone odd' }).waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.choose('Clone');
    await workbench.notifications.filter({ hasText: 'odd is a clone of odd on rack.' }).waitFor();
    virsh(target, 'undefine', 'odd');
    assert.deepEqual(readdirSync(bare), ['odd.qcow2']);
    assert.equal(virsh(target, 'pool-list', '--all', '--name').trim(), 'images');
  });

  it('leaves nothing when the copying is cancelled', async () => {
    const { workbench } = use();
    const [, target] = beds();
    await begin('large', 'Full Copy to Another Host', 'rack');
    await workbench.choose('Clone');
    const copying = workbench.notifications.filter({ hasText: 'Sending large.raw' });
    await copying.waitFor();
    await copying.getByRole('button', { name: 'Cancel' }).click();
    await workbench.notifications.filter({ hasText: 'everything is as it was' }).waitFor();
    assert.deepEqual([names(target), readdirSync(poolOf(target))], [['web'], ['web.qcow2']]);
  });

  it('makes a linked clone only after its danger has been said', async () => {
    const { workbench, picture } = use();
    const [source] = beds();
    const overlay = path.join(poolOf(source), 'web-clone.qcow2');
    await begin('web', 'Linked Clone');
    await workbench.choose('Make Linked Clone');
    await workbench.dialog.filter({ hasText: 'Never start "web" on "lab" again?' }).waitFor();
    await picture('17-linked-clone');
    await workbench.page.keyboard.press('Escape');
    await workbench.dialog.waitFor({ state: 'detached' });
    assert.equal(existsSync(overlay), false);
    await begin('web', 'Linked Clone');
    await workbench.choose('Make Linked Clone');
    await workbench.dialog.waitFor();
    await workbench.press('Make Linked Clone');
    await waitFor('the linked clone', () => names(source).includes('web-clone'), waitSeconds);
    assert.ok(existsSync(overlay));
  });
});

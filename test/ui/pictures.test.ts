/**
 * The packaged extension in a real window: what a user sees, left as pictures in test/out/. One window for all, because opening one
 * takes seconds; the tests are the steps of one visit and run in order.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, afterEach, before, describe, it } from 'node:test';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { serverObstacle } from '../support/vscode/server.mts';
import { browserObstacle } from '../support/vscode/window.mts';
import { type InstalledWindow, openInstalledWindow } from './window.ts';

const skip = serverObstacle() ?? browserObstacle() ?? false;
const skipDefine = requirements(...daemonPrograms);

describe('a visit', { skip }, () => {
  let host: LibvirtDaemon | undefined;
  let opened: InstalledWindow | undefined;
  const use = (): InstalledWindow => {
    assert.ok(opened, 'the window is open');
    return opened;
  };

  const definitionOf = (name: string): string =>
    execFileSync('virsh', ['--quiet', '--connect', host?.uri ?? '', 'dumpxml', '--inactive', name], {
      encoding: 'utf8',
    });

  before(async () => {
    if (!skipDefine) host = await LibvirtDaemon.start();
    const connections = host ? [{ name: 'test host', uri: host.uri }] : [];
    opened = await openInstalledWindow('web01.xml', { 'libvirt.connections': connections });
  });
  afterEach(async (context) => {
    if (!('passed' in context) || context.passed) return;
    await opened?.picture('failure');
    console.error(opened?.log());
  });
  after(async () => {
    await opened?.close();
    await host?.stop();
  });

  it('marks the mistake', async () => {
    const { workbench, picture } = use();
    await workbench.squiggles.first().waitFor();
    assert.equal(await workbench.squiggles.count(), 1);
    await workbench.goTo('cahce');
    await workbench.showHover('cahce');
    await picture('1-diagnostics');
    await workbench.page.keyboard.press('Escape');
  });

  it('offers the repair', async () => {
    const { workbench, picture } = use();
    await workbench.goTo('cahce');
    await workbench.showQuickFixes();
    await picture('2-quick-fixes');
    await workbench.page.keyboard.press('Enter');
    await workbench.squiggles.first().waitFor({ state: 'detached' });
    await picture('3-repaired');
  });

  it('compares the cache modes on hover', async () => {
    const { workbench, picture } = use();
    await workbench.goTo('cache=');
    await workbench.showHover('writethrough');
    const table = workbench.hover.locator('table').first();
    await table.scrollIntoViewIfNeeded();
    await picture('4-hover');
    assert.ok((await table.locator('tr').count()) > 5, 'a row for each mode');
    await workbench.page.keyboard.press('Escape');
  });

  it('asks before it defines a new VM', { skip: skipDefine }, async () => {
    const { workbench, picture } = use();
    await workbench.runCommand('Libvirt: Define VM from This File');
    await workbench.choices.first().waitFor();
    await picture('5-connections');
    await workbench.choose('test host');
    await workbench.dialog.waitFor();
    await picture('6-define-new');
    await workbench.press('Define');
    await workbench.notifications.filter({ hasText: 'web01 is defined on test host' }).waitFor();
    await picture('7-defined');
  });

  it('shows the difference before it replaces a definition', { skip: skipDefine }, async () => {
    const { workbench, picture } = use();
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.goTo('64<');
    await workbench.page.keyboard.press('Delete');
    await workbench.page.keyboard.press('Delete');
    await workbench.page.keyboard.type('96');
    await workbench.runCommand('Libvirt: Define VM from This File');
    await workbench.choose('test host');
    await workbench.page.locator('.tab', { hasText: 'web01: on test host' }).waitFor();
    await workbench.choices.filter({ hasText: 'Replace' }).waitFor();
    await picture('8-replace');
    await workbench.choose('Replace');
    await workbench.notifications.filter({ hasText: 'web01 is defined on test host' }).waitFor();
    assert.match(definitionOf('web01'), /98304/);
  });
});

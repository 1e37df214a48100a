/** The Hosts view as a user sees it, left as pictures in test/out/. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { scratchDirectory } from '../support/bed/scratch.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';
import { serverObstacle } from '../support/vscode/server.mts';
import { browserObstacle } from '../support/vscode/window.mts';
import { type InstalledWindow, openInstalledWindow } from './window.ts';

const skip = serverObstacle() ?? browserObstacle() ?? false;

describe('the Hosts view in a window', { skip: skip || requirements(...daemonPrograms) }, () => {
  let host: LibvirtDaemon;
  let opened: InstalledWindow;
  const virsh = (...args: string[]): string =>
    execFileSync('virsh', ['--quiet', '--connect', host.uri, ...args], { encoding: 'utf8' });

  before(async () => {
    host = await LibvirtDaemon.start();
    for (const name of ['web01', 'web02', 'db "main"; $(x)']) {
      const file = path.join(host.directory, 'domain.xml');
      writeFileSync(file, tinyDomain({ name, disk: host.makeImage(`${name.slice(0, 5)}.qcow2`) }));
      virsh('define', file);
    }
    virsh('pool-create-as', 'images', 'dir', '--target', host.images);
    const gone = `qemu+unix:///session?socket=${host.directory}/none`;
    opened = await openInstalledWindow('web01.xml', {
      'libvirt.connections': [
        { name: 'rack 4', uri: host.uri, group: 'Berlin', label: 'two sockets', production: true },
        { name: 'archive', uri: host.uri, group: 'Berlin', readOnly: true },
        { name: 'lab', uri: gone },
      ],
    });
  });
  afterEach(async (context) => {
    if (!('passed' in context) || context.passed) return;
    await opened?.picture('failure-hosts');
    console.error(opened?.log());
  });
  after(async () => {
    await opened?.close();
    await host?.stop();
  });

  const row = (text: string): Locator =>
    opened.workbench.page.locator('.pane-body .monaco-list-row').filter({ hasText: text }).first();

  it('shows hosts by group, and a host’s VMs when it is unfolded', async () => {
    const { workbench, picture } = opened;
    await workbench.runCommand('View: Show Libvirt');
    await row('rack 4').click();
    await row('web02').waitFor();
    await row('lab').click();
    await row('Nothing').or(row('libvirt')).or(row('daemon')).waitFor();
    await picture('11-hosts');
    assert.match((await row('web02').textContent()) ?? '', /shut off/);
    assert.match((await row('rack 4').textContent()) ?? '', /two sockets · production/);
  });

  it('sees a VM start that somebody else starts', async () => {
    virsh('start', 'web02');
    await row('web02').filter({ hasText: 'running' }).waitFor({ timeout: 8000 });
    await opened.picture('12-hosts-live');
    virsh('destroy', 'web02');
    await row('web02').filter({ hasText: 'shut off' }).waitFor({ timeout: 8000 });
  });

  it('offers what fits a VM, with what destroys apart from the rest', async () => {
    await row('web02').click({ button: 'right' });
    const menu = opened.workbench.page.locator('.monaco-menu');
    await menu.waitFor();
    await opened.picture('13-hosts-menu');
    const offered = await menu.locator('.action-label').allTextContents();
    assert.ok(offered.includes('Start'));
    assert.ok(!offered.includes('Force Off'), 'it is off');
    await opened.workbench.page.keyboard.press('Escape');
  });

  it('adds a connection by its place and a name, and connects to it', async () => {
    const { workbench } = opened;
    await workbench.runCommand('Libvirt: Add Connection');
    await workbench.page.getByPlaceholder('user@host for ssh').fill(host.uri);
    await workbench.choices.filter({ hasText: host.uri }).waitFor();
    await workbench.page.keyboard.press('Enter');
    const name = workbench.page.locator('.quick-input-widget input:visible');
    await workbench.page.getByText('What do you call it?').waitFor();
    await name.fill('archive');
    await workbench.page.getByText('There is already a connection called "archive"').waitFor();
    await name.fill('new one');
    await workbench.page.keyboard.press('Enter');
    await row('new one').filter({ hasText: '0 of 3 running' }).waitFor();
    await opened.picture('16-hosts-added');
  });
});

describe('the Hosts view without hosts', { skip }, () => {
  const scratch = scratchDirectory();
  const virsh = path.join(scratch.directory, 'virsh');
  let opened: InstalledWindow;
  before(async () => {
    opened = await openInstalledWindow('web01.xml', { 'libvirt.virshPath': virsh });
  });
  after(async () => {
    await opened?.close();
    scratch.remove();
  });
  const says = async (text: string, picture: string): Promise<void> => {
    await opened.workbench.page.locator('.welcome-view').getByText(text).waitFor();
    await opened.picture(picture);
  };
  /** Stands for a virsh whose libvirt cannot be reached in this way: real permissions need users and groups of the machine. */
  const fail = (error: string): void =>
    writeFileSync(virsh, `#!/bin/sh\necho "error: failed to connect to the hypervisor\n${error}" >&2\nexit 1\n`, {
      mode: 0o755,
    });
  const tryAgain = (): Promise<void> =>
    opened.workbench.page.locator('.welcome-view').getByText('Try Again', { exact: true }).click();

  it('says where virsh comes from, when there is none', async () => {
    await opened.workbench.runCommand('View: Show Libvirt');
    await says('There is no virsh on this machine', '14-hosts-no-virsh');
  });

  it('says how to be let in, when libvirt refuses the user', async () => {
    fail("error: Failed to connect socket to '/var/run/libvirt/libvirt-sock': Permission denied");
    await tryAgain();
    await says('your account may not use it', '17-hosts-no-permission');
  });

  it('offers the playground, when no libvirt runs', async () => {
    fail("error: Failed to connect socket to '/var/run/libvirt/libvirt-sock': No such file or directory");
    await tryAgain();
    await says('No libvirt answers on this machine', '18-hosts-none');
  });
});

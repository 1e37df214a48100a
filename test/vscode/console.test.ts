/** Looking into a guest: its console in a terminal, its screen in a tab. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';
import { until } from './support/editor.ts';
import { skipFor } from './support/skip.ts';
import { connection, TestHost } from './support/testHost.ts';

describe('Libvirt: console and screen', () => {
  let host: TestHost | undefined;

  before(async function () {
    skipFor(this, requirements(...daemonPrograms));
    host = await TestHost.start();
    const file = path.join(host.daemon.directory, 'guest.xml');
    const devices = "<graphics type='vnc' autoport='yes' passwd='secret12'/><video><model type='vga'/></video>";
    writeFileSync(file, tinyDomain({ name: 'guest', disk: host.daemon.makeImage('guest.qcow2'), devices }));
    host.virsh('define', file);
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  after(() => host?.stop());

  const run = <T>(command: string, options: object = {}): Thenable<T> =>
    vscode.commands.executeCommand(`libvirt.${command}`, { connection, domain: 'guest', ...options });
  const state = (): string | undefined => host?.virsh('domstate', 'guest');
  const label = (): string | undefined => vscode.window.tabGroups.activeTabGroup.activeTab?.label;
  const screens = (): number => {
    const told = host?.virsh('qemu-monitor-command', 'guest', '--hmp', 'info vnc') ?? '';
    return (told.match(/Client:/g) ?? []).length;
  };

  it('there is none of a guest that is off', async () => {
    assert.equal(await run('openConsole'), undefined);
    assert.equal(await run('openScreen'), false);
    assert.equal(await run('openScreenshot'), false);
  });

  it('from start over pause and resume to the console, which carries what is typed, and to force off', async () => {
    for (const [command, wanted] of [
      ['startDomain', 'running'],
      ['suspendDomain', 'paused'],
      ['resumeDomain', 'running'],
    ] as const) {
      assert.equal(await run(command), true);
      assert.equal(state(), wanted);
    }
    const terminal = await run<vscode.Terminal>('openConsole');
    assert.equal(terminal.name, `guest · ${connection}`);
    assert.equal(await run('openConsole'), terminal, 'libvirt lets in one at a time');
    const pid = await terminal.processId;
    await until('virsh', () => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('console'));
    // The guest switches itself off at Ctrl+D, once virsh is connected.
    await until('the guest to hear the console', () => {
      terminal.sendText('\u0004', false);
      return state() === 'shut off';
    });
    await until('the console to end', () => terminal.exitStatus !== undefined || !isThere(pid));
    terminal.dispose();
    assert.equal(await run('startDomain'), true);
    assert.equal(await run('forceOffDomain', { confirm: true }), true);
    assert.equal(state(), 'shut off');
  });

  it('a VNC client logs in with the password of the guest, and goes when its tab does', async () => {
    assert.equal(await run('startDomain'), true);
    assert.equal(screens(), 0);
    assert.equal(await run('openScreen'), true);
    await until('the VNC client', () => screens() === 1);
    assert.equal(await run('openScreen'), true);
    // One that is refused is gone by then, one that has logged in stays.
    await new Promise((resolve) => setTimeout(resolve, 2000));
    assert.equal(screens(), 1);
    await until('the tab', () => label() === `Screen: guest · ${connection}`);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until('the VNC client to go', () => screens() === 0);
  });

  it('a picture and the use of the host are shown in tabs', async () => {
    for (const [command, word] of [
      ['openScreenshot', 'Screenshot'],
      ['openStats', 'Use'],
    ] as const) {
      assert.equal(await run(command), true);
      await until('the tab', () => label() === `${word}: guest · ${connection}`);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await until('no tab', () => label() === undefined);
    }
    assert.equal(await run('forceOffDomain', { confirm: true }), true);
  });
});

function isThere(pid: number | undefined): boolean {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8').includes('State:\tZ') === false;
  } catch {
    return false;
  }
}

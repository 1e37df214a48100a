/** "Check Live Migration…" and "Migrate…" between two hosts, and the CPU that both have as an edit of the open document. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { hostUri } from '../../client/src/documents/hostUri.ts';
import { listDomains, type MigrationFinding, openHost } from '../../virsh/src/index.ts';
import { emulatedTpm, offerTpm, writeTpmState } from '../support/bed/emulatedTpm.ts';
import { isRoot, LibvirtDaemon, ownedByNobody } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { value } from '../support/bed/results.ts';
import { scratchDirectory } from '../support/bed/scratch.ts';
import { busyDisk, tinyDomain } from '../support/bed/tinyGuest.ts';
import { closeAll, until } from './support/editor.ts';
import { skipFor } from './support/skip.ts';
import { connection, TestHost } from './support/testHost.ts';

describe('Libvirt: Check Live Migration…', () => {
  let host: TestHost | undefined;
  let target: LibvirtDaemon | undefined;
  // Where root can make one machine look like two: the target has a directory of its own in this place.
  const scratch = scratchDirectory();

  before(async function () {
    skipFor(this, requirements(...daemonPrograms));
    ownedByNobody(scratch.directory);
    host = await TestHost.start();
    target = await LibvirtDaemon.start(isRoot ? { hidden: scratch.directory } : {});
    const hosts = [
      { name: connection, uri: host.daemon.uri },
      { name: 'target', uri: target.uri },
    ];
    await vscode.workspace.getConfiguration('libvirt').update('connections', hosts, vscode.ConfigurationTarget.Global);
    const file = path.join(host.daemon.directory, 'web.xml');
    const head = "<cputune><vcpupin vcpu='0' cpuset='4090'/></cputune>";
    writeFileSync(file, tinyDomain({ name: 'web', disk: host.daemon.makeImage('web.qcow2'), head }));
    host.virsh('define', file);
  });
  afterEach(closeAll);
  after(async () => {
    await host?.stop();
    await target?.stop();
    scratch.remove();
  });

  it('shows what blocks, as a page', async () => {
    const request = { connection, domain: 'web', to: 'target' };
    const findings: readonly MigrationFinding[] = await vscode.commands.executeCommand(
      'libvirt.checkMigration',
      request,
    );
    assert.ok(findings.some(({ weight, subject }) => weight === 'blocks' && subject === 'pinning'));
    // The preview loads its document after the command has ended.
    const page = await until('the page of the check', () =>
      vscode.workspace.textDocuments.find(({ uri }) => /Migrate web to target/.test(uri.path))?.getText(),
    );
    assert.match(page, /It cannot move as it is[\s\S]*## Blocks[\s\S]*4090[\s\S]*## Fine/);
  });

  it('moves a VM that is off, and keeps a copy of the definition that goes', async () => {
    const file = path.join(host?.daemon.directory ?? '', 'off.xml');
    writeFileSync(file, tinyDomain({ name: 'off', disk: host?.daemon.makeImage('off.qcow2') ?? '' }));
    host?.virsh('define', file);
    const uuid = host?.virsh('domuuid', 'off') ?? '';
    const request = {
      ...{ connection, domain: 'off', to: 'target', confirm: true },
      choices: { way: 'direct', isUndefinedAtSource: true, isCopying: false, isThrottled: false },
    };
    assert.equal(await vscode.commands.executeCommand('libvirt.migrateDomain', request), true);
    assert.doesNotMatch(host?.virsh('list', '--all', '--name') ?? '', /^off$/m);
    const there = openHost({ kind: 'uri', name: 'target', uri: target?.uri ?? '' });
    assert.deepEqual(value(await listDomains(there)), [{ name: 'off', uuid, state: 'shut-off' }]);
    const blocked = { connection, domain: 'web', to: 'target', confirm: true, choices: request.choices };
    assert.equal(await vscode.commands.executeCommand('libvirt.migrateDomain', { ...blocked, to: connection }), false);
    assert.match(host?.virsh('list', '--all', '--name') ?? '', /^web$/m);
    const document = hostUri({ connection, uuid, name: 'off', kind: 'definition' });
    assert.ok(Number(await vscode.commands.executeCommand('libvirt.showHistory', document)) > 0);
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  });

  it('leaves the definition where the state of its TPM is', async () => {
    const { daemon } = host ?? assert.fail();
    for (const bed of [daemon, target ?? assert.fail()]) offerTpm(bed);
    const file = path.join(daemon.directory, 'keys.xml');
    writeFileSync(file, tinyDomain({ name: 'keys', disk: daemon.makeImage('keys.qcow2'), devices: emulatedTpm }));
    host?.virsh('define', file);
    const keys = writeTpmState(daemon, host?.virsh('domuuid', 'keys') ?? '');
    const request = {
      ...{ connection, domain: 'keys', to: 'target', confirm: true },
      choices: { way: 'direct', isUndefinedAtSource: true, isCopying: false, isThrottled: false },
    };
    assert.equal(await vscode.commands.executeCommand('libvirt.migrateDomain', request), true);
    assert.match(host?.virsh('list', '--all', '--name') ?? '', /^keys$/m);
    assert.ok(existsSync(keys));
  });

  describe('of a running VM with its disk', () => {
    before(function () {
      skipFor(this, !isRoot && 'needs root: one machine has to look like two');
      for (const virsh of [here, there]) virsh('pool-create-as', 'images', 'dir', '--target', scratch.directory);
    });

    const here = (...args: string[]): string => host?.virsh(...args) ?? '';
    const there = (...args: string[]): string =>
      execFileSync('virsh', ['-q', '-c', target?.uri ?? '', ...args], { encoding: 'utf8' }).trim();
    /** On both hosts, whatever their state. */
    const everywhere = (): readonly string[] => [here('list', '--all'), there('list', '--all')];
    const startBusy = (name: string): void => {
      const disk = path.join(scratch.directory, `${name}.img`);
      writeFileSync(disk, busyDisk());
      ownedByNobody(disk);
      const file = path.join(host?.daemon.directory ?? '', `${name}.xml`);
      writeFileSync(file, tinyDomain({ name, disk, format: 'raw' }));
      here('define', file);
      here('start', name);
    };
    const migrate = (name: string, limits: { readonly bandwidth?: number } = {}): Thenable<boolean> => {
      // Over the loopback: this machine's name may lead anywhere.
      const dataUri = 'tcp://127.0.0.1';
      const choices = {
        way: 'direct',
        isUndefinedAtSource: true,
        isCopying: true,
        isThrottled: false,
        dataUri,
        ...limits,
      };
      const request = { connection, domain: name, to: 'target', confirm: true, choices };
      return vscode.commands.executeCommand('libvirt.migrateDomain', request);
    };

    it('it runs there, and is gone here', async () => {
      startBusy('live');
      assert.equal(await migrate('live'), true);
      assert.equal(there('domstate', 'live'), 'running');
      assert.doesNotMatch(here('list', '--all', '--name'), /^live$/m);
      assert.equal(readFileSync(path.join(target?.images ?? '', 'live.img')).length, busyDisk().length);
      there('destroy', 'live');
    });

    it('stopped by the button of its notification, everything is as it was', async () => {
      startBusy('stays');
      const [hosts, images] = [everywhere(), readdirSync(target?.images ?? '')];
      const migrating = migrate('stays', { bandwidth: 1 });
      await until('memory to flow', () => /Memory processed: +[1-9]/.test(here('domjobinfo', 'stays')));
      assert.notDeepEqual(readdirSync(target?.images ?? ''), images);
      const stopping = setInterval(() => void vscode.commands.executeCommand('notification.acceptPrimaryAction'), 300);
      assert.equal(await Promise.resolve(migrating).finally(() => clearInterval(stopping)), false);
      assert.deepEqual([everywhere(), readdirSync(target?.images ?? '')], [hosts, images]);
      assert.match(here('domstate', 'stays'), /running/);
      here('destroy', 'stays');
    });
  });

  it('gives the open document a CPU that both hosts have, as one edit', async () => {
    const content = tinyDomain({ name: 'new', disk: '/img/new.qcow2', head: "\n  <cpu mode='host-passthrough'/>" });
    const document = await vscode.workspace.openTextDocument({ language: 'libvirt-domain', content });
    await vscode.window.showTextDocument(document);
    const request = { connections: [connection, 'target'] };
    assert.equal(await vscode.commands.executeCommand('libvirt.applyCpuBaseline', request), true);
    assert.match(document.getText(), /\n {2}<cpu mode='custom' match='exact'>\n {4}<model fallback='forbid'>/);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), content);
  });
});

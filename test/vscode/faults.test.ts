/** What a host and a disk do to a window that is open: it finds its way back by itself, and loses nothing. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { mountFullDisk } from '../support/bed/fullDisk.ts';
import { isRoot } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';
import { closeAll, replace, until } from './support/editor.ts';
import { awake, HostsTree } from './support/hostsTree.ts';
import { skipFor } from './support/skip.ts';
import { connection, TestHost } from './support/testHost.ts';

const uuid = '4dea22b3-1d52-d8f3-2516-782e98ab3fa1';

describe('a window and its faults', () => {
  let host: TestHost;
  let tree: HostsTree;
  const setPreview = (value: string | undefined): Thenable<void> =>
    vscode.workspace.getConfiguration('libvirt').update('define.preview', value, vscode.ConfigurationTarget.Global);

  before(async function () {
    skipFor(this, requirements(...daemonPrograms));
    host = await TestHost.start();
    await setPreview('never');
    const file = path.join(host.daemon.directory, 'web.xml');
    const head = '<description>first</description>';
    writeFileSync(file, tinyDomain({ name: 'web', uuid, disk: host.daemon.makeImage('web.qcow2'), head }));
    host.virsh('define', file);
    tree = await HostsTree.show();
  });
  afterEach(closeAll);
  after(async () => {
    await setPreview(undefined);
    await host?.stop();
  });

  const stored = (): string => host.virsh('dumpxml', '--inactive', uuid);
  const openWeb = (): Thenable<vscode.TextDocument> =>
    vscode.commands.executeCommand('libvirt.openDomainXml', { connection, domain: 'web' });

  it('a daemon that dies and comes again: the view, the document and the events are there again', async () => {
    await tree.shows('web', 'shut off');
    const before = stored();
    const document = await openWeb();
    await replace(document, '>first<', '>patient<');
    await host.daemon.kill();
    await until('the view to say so', async () => /;host;failed;/.test((await tree.hostItem()).contextValue ?? ''));
    assert.equal(await document.save(), false);
    assert.ok(document.isDirty);
    assert.match(document.getText(), />patient</);
    await host.daemon.restart();
    assert.equal(stored(), before);
    await until('the host', async () => /;host;connected;/.test((await tree.hostItem()).contextValue ?? ''), 60);
    await tree.shows('web', 'shut off');
    assert.ok(await document.save());
    assert.match(stored(), />patient</);
    host.virsh('start', 'web');
    await tree.shows('web', 'running');
    host.virsh('destroy', 'web');
    await tree.shows('web', 'shut off');
  });

  it('a full disk where backups are kept: nothing is replaced without one', async function () {
    skipFor(this, !isRoot && 'only root mounts a small file system');
    const { storage } = await awake();
    const folder = path.join(storage.fsPath, 'backups', encodeURIComponent(connection), uuid);
    mkdirSync(folder, { recursive: true });
    const disk = mountFullDisk(folder);
    try {
      const document = await openWeb();
      const before = stored();
      await replace(document, '>patient<', '>careful<');
      disk.fill();
      assert.equal(await document.save(), false);
      assert.equal(stored(), before);
      assert.match(document.getText(), />careful</);
      disk.free();
      assert.ok(await document.save());
      assert.match(stored(), />careful</);
    } finally {
      disk.remove();
    }
  });
});

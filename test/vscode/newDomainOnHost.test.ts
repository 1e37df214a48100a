/** "Libvirt: New VM…" for a connected host, from the questions to the VM: what the host has fills the answers, and nothing is made unasked. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';
import { chooseVerb } from './support/confirmation.ts';
import { closeAll, errorsOf, until } from './support/editor.ts';
import { HostsTree } from './support/hostsTree.ts';
import { newDomainAsProposed } from './support/newDomain.ts';
import { skipFor } from './support/skip.ts';
import { connection, TestHost } from './support/testHost.ts';

/** The first name that is free for a VM, and for its volume. */
const name = 'server-2';
const volume = 'server-2-2.qcow2';

describe('Libvirt: New VM… for a connected host', () => {
  let host: TestHost | undefined;
  let document: vscode.TextDocument | undefined;

  before(async function () {
    skipFor(this, requirements(...daemonPrograms));
    host = await TestHost.start();
    const { daemon } = host;
    const pool = path.join(daemon.directory, 'pool');
    mkdirSync(pool);
    daemon.giveToDaemon(pool);
    virsh('pool-define-as', 'lab', 'dir', '--target', pool);
    virsh('pool-start', 'lab');
    virsh('vol-create-as', 'lab', 'server-2.qcow2', '1M', '--format', 'qcow2');
    const define = (verb: string, xml: string): void => {
      const file = path.join(daemon.directory, 'any.xml');
      writeFileSync(file, xml);
      virsh(verb, file);
    };
    define('net-define', "<network><name>lab-net</name><bridge name='virbr76'/></network>");
    define('define', tinyDomain({ name: 'server', disk: '/img/none.qcow2' }));
    const tree = await HostsTree.show();
    await tree.shows('server', 'shut off');
  });
  after(async () => {
    await vscode.commands.executeCommand('notifications.clearAll');
    await closeAll();
    await host?.stop();
  });

  const virsh = (...args: string[]): string => host?.virsh(...args) ?? '';
  const volumes = (): string => virsh('vol-list', 'lab');
  const written = (): vscode.TextDocument => document ?? assert.fail('the document is written');
  const missing = (): vscode.Diagnostic | undefined =>
    vscode.languages.getDiagnostics(written().uri).find(({ message }) => message.includes(`\`${volume}\``));
  /** Presses the first button of the newest notification and says yes above the editor, again while neither is there yet. */
  const makeVolume = (what: string, isDone: () => boolean | Promise<boolean>): Promise<boolean> =>
    until(what, async () => {
      await vscode.commands.executeCommand('notification.acceptPrimaryAction');
      await new Promise((resolve) => setTimeout(resolve, 500));
      await chooseVerb();
      return isDone();
    });
  const lastChange = async (): Promise<string> => {
    await vscode.commands.executeCommand('libvirt.showAuditLog');
    return vscode.window.activeTextEditor?.document.getText().split('\n\n')[1] ?? '';
  };

  it('proposes what the host has and what is free there, and writes a document that is checked by its facts', async () => {
    document = await newDomainAsProposed();
    const text = document.getText();
    assert.match(text, new RegExp(`<name>${name}</name>`));
    assert.match(text, new RegExp(`<source pool='lab' volume='${volume}'/>`));
    assert.match(text, /<source network='lab-net'\/>/);
    await until('the host to be asked for the volume', missing);
    assert.deepEqual(errorsOf(document), []);
    assert.doesNotMatch(virsh('list', '--all', '--name'), new RegExp(name));
    assert.doesNotMatch(volumes(), new RegExp(volume));
  });

  it('makes the volume after a yes: not in a pool that is off, but when that is on again', async () => {
    virsh('pool-destroy', 'lab');
    await makeVolume('the refusal', async () => /vol-create.* exit 1 /.test(await lastChange()));
    virsh('pool-start', 'lab');
    assert.doesNotMatch(volumes(), new RegExp(volume));
    await makeVolume('the volume', () => volumes().includes(volume));
    const xml = virsh('vol-dumpxml', volume, 'lab');
    assert.match(xml, /<capacity unit='bytes'>21474836480<[\s\S]*<format type='qcow2'\/>/);
    await until('the document to know of it', () => missing() === undefined);
  });

  it('ends in a VM on that host', async () => {
    const result = await vscode.commands.executeCommand('libvirt.defineDomain', written().uri, {
      connection,
      confirm: true,
    });
    assert.partialDeepStrictEqual(result, { status: 'defined', name, replaced: false });
    assert.match(virsh('dumpxml', '--inactive', name), new RegExp(`volume='${volume}'`));
  });
});

/** The other commands on a VM: start, force off, clone, open its XML. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { closeAll, errorsOf, workspaceFile } from './support/editor.ts';
import { skipFor } from './support/skip.ts';
import { connection, TestHost } from './support/testHost.ts';

describe('Libvirt: commands on a VM', () => {
  let host: TestHost | undefined;

  before(async function () {
    skipFor(this, requirements(...daemonPrograms));
    host = await TestHost.start();
    host.virsh('define', workspaceFile('small.xml').fsPath);
  });
  afterEach(closeAll);
  after(() => host?.stop());

  const virsh = (...args: string[]): string => host?.virsh(...args) ?? '';
  const run = <T>(command: string, options: object): Thenable<T> =>
    vscode.commands.executeCommand(`libvirt.${command}`, { connection, domain: 'small', ...options });

  it('clones it: another name, another UUID, the same hardware', async () => {
    const uuid = await run<string>('cloneDomain', { name: 'small-copy', confirm: true });
    assert.equal(virsh('domuuid', 'small-copy'), uuid);
    assert.notEqual(virsh('domuuid', 'small'), uuid);
    assert.match(virsh('dumpxml', '--inactive', 'small-copy'), /<memory unit='KiB'>65536<\/memory>/);
  });

  it('opens its definition as a document without errors', async () => {
    const document = await run<vscode.TextDocument | undefined>('openDomainXml', {});
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /<name>small<\/name>/);
    assert.ok(document);
    assert.deepEqual(errorsOf(document), []);
  });

  it('starts it, and forces it off', async () => {
    assert.equal(await run('startDomain', {}), true);
    assert.equal(virsh('domstate', 'small'), 'running');
    assert.equal(await run('forceOffDomain', { confirm: true }), true);
    assert.equal(virsh('domstate', 'small'), 'shut off');
  });
});

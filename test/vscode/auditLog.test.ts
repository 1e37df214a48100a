/** What was changed can be looked up, and what was refused is marked where it stands: in a real window, against a private libvirtd. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { closeAll, errorsOf, open, rangeOf, until } from './support/editor.ts';
import { skipFor } from './support/skip.ts';
import { connection, TestHost } from './support/testHost.ts';

describe('Libvirt: Show Audit Log', () => {
  let host: TestHost | undefined;

  before(async function () {
    skipFor(this, requirements(...daemonPrograms));
    host = await TestHost.start();
  });
  afterEach(closeAll);
  after(() => host?.stop());

  const define = (document: vscode.TextDocument): Thenable<unknown> =>
    vscode.commands.executeCommand('libvirt.defineDomain', document.uri, { connection, confirm: true });

  it('marks what the host refused, until the next edit', async () => {
    const document = await open('small.xml');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(
      document.uri,
      document.positionAt(document.getText().indexOf('</domain>')),
      '  <devices><emulator>/nowhere/qemu</emulator></devices>\n',
    );
    await vscode.workspace.applyEdit(edit);
    assert.deepEqual(await define(document), { status: 'failed', kind: 'not-found' });
    const [mark] = await until('the mark', () => errorsOf(document).length > 0 && errorsOf(document));
    assert.ok(mark);
    assert.ok(mark.range.isEqual(rangeOf(document, '/nowhere/qemu')));
    assert.match(mark.message, /no emulator \/nowhere\/qemu at test host/);
    await vscode.commands.executeCommand('undo');
    await until('the mark to go', () => errorsOf(document).length === 0);
  });

  it('has the newest command first, to read and to copy, and no way to edit it', async () => {
    assert.deepEqual(await define(await open('small.xml')), {
      status: 'defined',
      name: 'small',
      replaced: false,
      marks: 0,
    });
    await vscode.commands.executeCommand('libvirt.showAuditLog');
    const log = vscode.window.activeTextEditor?.document;
    const entries = log?.getText().split('\n\n').slice(1) ?? [];
    assert.match(
      entries[0] ?? '',
      /^# \d{4}-\S+ \S+ \S+ · test host · define of small · exit 0, \d+\.\d s\n\S*virsh -q -c .* define --validate /,
    );
    assert.match(
      entries[1] ?? '',
      /define of small · exit 1 \(not-found\).*\n.*\n# error: .*\n# error: Cannot check QEMU binary/,
    );
    assert.equal(log?.languageId, 'shellscript');
    await vscode.commands.executeCommand('type', { text: 'x' });
    assert.equal(log?.isDirty, false);
  });
});

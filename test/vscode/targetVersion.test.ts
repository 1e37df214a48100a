/** The setting for the libvirt release to write for reaches the server, and open documents are judged anew. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, open, until } from './support/editor.ts';

const RULE = 'grammar/newer-than-target';

function codesOf(document: vscode.TextDocument): string[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .map(({ code }) => String(typeof code === 'object' ? code.value : code));
}

async function setTarget(version: string | undefined): Promise<void> {
  const settings = vscode.workspace.getConfiguration('libvirt');
  await settings.update('targetVersion', version, vscode.ConfigurationTarget.Global);
}

describe('libvirt.targetVersion', () => {
  after(async () => {
    await setTarget(undefined);
    await closeAll();
  });

  it('marks what is newer, and forgets it with the newest', async () => {
    const document = await open('newer-than-9.0.xml');
    await until('the diagnostics', () => codesOf(document).length > 0);
    assert.ok(!codesOf(document).includes(RULE));
    await setTarget('9.0');
    await until('the warning', () => codesOf(document).includes(RULE));
    await setTarget(undefined);
    await until('no warning', () => !codesOf(document).includes(RULE));
  });

  it('can be chosen by a command', async () => {
    assert.ok((await vscode.commands.getCommands(true)).includes('libvirt.chooseTargetVersion'));
  });
});

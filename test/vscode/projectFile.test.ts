/** What a `.virtlint.json` and the settings say reaches the documents that are open. */
import { rmSync, writeFileSync } from 'node:fs';
import { after, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, open, until, workspaceFile } from './support/editor.ts';

const RULE = 'disk/cache-writeback';

describe('the project file', () => {
  const file = workspaceFile('.virtlint.json').fsPath;
  const setOptions = (value: unknown): Thenable<void> =>
    vscode.workspace.getConfiguration('libvirt').update('options', value, vscode.ConfigurationTarget.Global);
  after(async () => {
    rmSync(file, { force: true });
    await setOptions(undefined);
    await closeAll();
  });

  const severityOf = (document: vscode.TextDocument, rule: string): vscode.DiagnosticSeverity | undefined =>
    vscode.languages
      .getDiagnostics(document.uri)
      .find(({ code }) => (typeof code === 'object' ? code.value : code) === rule)?.severity;

  it('moves and silences a rule when it is made, changed and removed', async () => {
    const document = await open('cache-card.xml');
    const told = (severity: vscode.DiagnosticSeverity | undefined) =>
      until(`the rule as ${severity}`, () => severityOf(document, RULE) === severity);
    await told(vscode.DiagnosticSeverity.Information);
    writeFileSync(file, JSON.stringify({ severity: { [RULE]: 'error' } }));
    await told(vscode.DiagnosticSeverity.Error);
    writeFileSync(file, JSON.stringify({ severity: { [RULE]: 'off' } }));
    await told(undefined);
    rmSync(file);
    await told(vscode.DiagnosticSeverity.Information);
  });

  it('is not the only one to set a figure: libvirt.options does too', async () => {
    const document = await open('cache-card.xml');
    const rule = 'memory/suspicious-small';
    await until('the document to be read', () => severityOf(document, RULE) !== undefined);
    await setOptions({ [rule]: { below: 4096 } });
    await until('the rule', () => severityOf(document, rule) !== undefined);
    await setOptions(undefined);
    await until('the rule to be silent', () => severityOf(document, rule) === undefined);
  });
});

/** "Libvirt: New VM…" without any host: questions, and then a document that nobody has to complain about. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, until } from './support/editor.ts';
import { newDomainAsProposed } from './support/newDomain.ts';

describe('Libvirt: New VM…', () => {
  // At the end: an untitled document that is closed comes back with its name.
  after(closeAll);

  it('asks a few questions and writes an unsaved document that is clean', async () => {
    const document = await newDomainAsProposed();
    assert.equal(document.languageId, 'libvirt-domain');
    assert.match(
      document.getText(),
      /<name>server<\/name>[\s\S]*qemu-img create -f qcow2 [\s\S]*<source network='default'\/>/,
    );
    // Hints come: the server has looked at it.
    await until('the check', () => vscode.languages.getDiagnostics(document.uri).length > 0);
    const objections = vscode.languages
      .getDiagnostics(document.uri)
      .filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning);
    assert.deepEqual(
      objections.map(({ message }) => message),
      [],
    );
  });

  it('says of an example what is wrong in it', async () => {
    const uri = await vscode.commands.executeCommand<vscode.Uri>('libvirt.openExample');
    assert.equal(uri.scheme, 'untitled');
    await until('the mistakes', () => vscode.languages.getDiagnostics(uri).length >= 7);
  });
});

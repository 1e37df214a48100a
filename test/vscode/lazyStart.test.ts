/** The extension costs nothing until a libvirt domain is opened. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, open, until } from './support/editor.ts';
import { isServerRunning } from './support/serverProcess.ts';
import { skipFor } from './support/skip.ts';

/** Longer than the start of the server takes, which the second test shows. */
const patienceMs = 3000;

describe('the language server', () => {
  before(function () {
    skipFor(this, process.platform !== 'linux' && 'looks at processes in /proc, which only Linux has');
  });
  after(closeAll);

  it('is not started by an XML file of somebody else', async () => {
    const document = await open('not-libvirt.xml');
    await new Promise((resolve) => setTimeout(resolve, patienceMs));
    assert.equal(isServerRunning(), false);
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
  });

  it('is started by a libvirt domain, whose language stays what it was', async () => {
    const document = await open('cache-card.xml');
    await until('the server', isServerRunning);
    assert.equal(document.languageId, 'xml');
  });
});

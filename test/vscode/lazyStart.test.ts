/** The extension costs next to nothing until a libvirt domain is opened. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, open, until } from './support/editor.ts';
import { isServerRunning } from './support/serverProcess.ts';
import { skipFor } from './support/skip.ts';

/** Longer than the start of the server takes, which the second test shows. */
const patienceMs = 3000;

const virtlint = (): vscode.Extension<unknown> | undefined => vscode.extensions.getExtension('virtlint.virtlint');
/** Whether the rest of the extension has been loaded into this process, which runs both. Others have a file of that name too. */
const isAwake = (): boolean => path.join(virtlint()?.extensionPath ?? '', 'dist/extension.js') in require.cache;

describe('what a document of libvirt’s wakes', () => {
  before(function () {
    skipFor(this, process.platform !== 'linux' && 'looks at processes in /proc, which only Linux has');
  });
  after(closeAll);

  it('sleeps while an XML file of somebody else is open', async () => {
    const document = await open('not-libvirt.xml');
    await until('the extension', () => virtlint()?.isActive);
    await new Promise((resolve) => setTimeout(resolve, patienceMs));
    assert.equal(isAwake(), false, 'nothing but the entry is loaded');
    assert.equal(isServerRunning(), false, 'no server runs');
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
  });

  it('wakes with a libvirt domain, whose language stays what it was', async () => {
    const document = await open('cache-card.xml');
    await until('the server', isServerRunning);
    assert.ok(isAwake());
    assert.equal(document.languageId, 'xml');
  });
});

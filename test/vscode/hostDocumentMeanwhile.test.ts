/** A VM's XML as a document of its host, when the VM changes there meanwhile, or somebody types while it is saved: nothing is lost. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { open, replace, until } from './support/editor.ts';
import { hostedDomain, lookAgain, pause } from './support/hostedDomain.ts';
import { awake } from './support/hostsTree.ts';
import { answered } from './support/preview.ts';

describe("a VM's XML as a document, while others change the VM and somebody types", () => {
  const { daemon, stored, domainWith, define, openWeb } = hostedDomain();
  /** Does something while the host is asked. */
  const whileSaving = async (document: vscode.TextDocument, act: () => Promise<void>): Promise<boolean> => {
    daemon().freeze();
    const saving = document.save();
    await pause(1000);
    await act();
    daemon().thaw();
    return saving;
  };
  it('brings what somebody else changed meanwhile together with the edit', async () => {
    const document = await openWeb();
    await replace(document, "<vcpu placement='static'>1<", '<vcpu>2<');
    define(domainWith('<title>by another</title>'));
    assert.ok(await answered(document.save()));
    assert.match(stored(), /<title>by another<\/title>[\s\S]*>2<\/vcpu>/);
    await until('what the host has', () => document.getText().trim() === stored());
  });

  it('marks the conflict where both changed the same, and defines the answer', async () => {
    const document = await openWeb();
    await replace(document, '>first<', '>mine<');
    define(domainWith().replace('>first<', '>theirs<'));
    assert.equal(await document.save(), false);
    assert.match(stored(), />theirs</, 'nothing is overwritten');
    await until('the conflict', () =>
      /<<<<<<< [\s\S]*>mine<[\s\S]*=======[\s\S]*>theirs<[\s\S]*>>>>>>> /.test(document.getText()),
    );
    assert.equal(await document.save(), false, 'a conflict is no definition');
    const lens = await until('the button', async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
      );
      return found.find(({ command }) => command?.title === 'Take Yours')?.command;
    });
    await vscode.commands.executeCommand(lens.command, ...(lens.arguments ?? []));
    assert.ok(await document.save());
    assert.match(stored(), />mine</);
  });

  it('keeps what is typed while the host is asked, and marks the conflict at the next save', async () => {
    const document = await openWeb();
    await replace(document, '>first<', '>mine<');
    define(domainWith().replace('>first<', '>theirs<'));
    assert.equal(await whileSaving(document, () => replace(document, '>mine<', '>mine and more<')), false);
    await pause(500);
    assert.match(document.getText(), />mine and more</);
    assert.doesNotMatch(document.getText(), /<<<<<<< /);
    assert.equal(await document.save(), false);
    await until('the conflict', () =>
      /<<<<<<< [\s\S]*>mine and more<[\s\S]*=======[\s\S]*>theirs<[\s\S]*>>>>>>> /.test(document.getText()),
    );
    assert.match(stored(), />theirs</, 'nothing is overwritten');
  });

  it('goes on from what is typed while it is saved', async () => {
    const document = await openWeb();
    await replace(document, '>first<', '>second<');
    await whileSaving(document, () => replace(document, '>second<', '>third<'));
    assert.match(stored(), />second</);
    await pause(500);
    assert.match(document.getText(), />third</);
    assert.ok(await document.save());
    assert.match(stored(), />third</);
  });

  it('is saved though somebody typed just when it was to follow the host', async () => {
    const document = await openWeb();
    await pause(2100);
    define(domainWith('<title>by another</title>'));
    const { files } = await awake();
    const typed = new Promise<void>((resolve) => {
      const listening = files.onDidChangeFile(() => {
        listening.dispose();
        resolve(replace(document, "<vcpu placement='static'>1<", '<vcpu>2<'));
      });
    });
    await open('small.xml');
    await vscode.window.showTextDocument(document);
    await typed;
    await pause(500);
    assert.ok(await answered(document.save()));
    assert.match(stored(), /<title>by another<\/title>[\s\S]*>2<\/vcpu>/);
  });

  it('brings together what was typed while it was saved and what somebody else changed after', async () => {
    const document = await openWeb();
    await replace(document, '>first<', '>second<');
    await whileSaving(document, () => replace(document, '>second<', '>third<'));
    define(stored().replace('<description>', '<title>by another</title><description>'));
    await lookAgain(document);
    assert.ok(await answered(document.save()));
    assert.match(stored(), /<title>by another<\/title>[\s\S]*>third</);
  });

  it('loses nothing of what was merged where somebody types while it is saved', async () => {
    const document = await openWeb();
    await replace(document, "<vcpu placement='static'>1<", "<vcpu placement='static'>2<");
    define(domainWith('<title>by another</title>'));
    await answered(whileSaving(document, () => replace(document, '>first<', '>second<')));
    assert.match(stored(), /<title>by another<\/title>/);
    assert.ok(await answered(document.save()));
    assert.match(stored(), /<title>by another<\/title>[\s\S]*>second<[\s\S]*>2<\/vcpu>/);
  });

  for (const when of ['before it is edited', 'while it has edits']) {
    it(`still merges when it was compared with the host ${when}`, async () => {
      const document = await openWeb();
      const edit = () => replace(document, "<vcpu placement='static'>1<", '<vcpu>2<');
      if (when === 'while it has edits') await edit();
      define(domainWith('<title>by another</title>'));
      await pause(2100);
      // As "Compare Active File with Saved" does.
      assert.match(String(await vscode.workspace.fs.readFile(document.uri)), /by another/);
      if (when === 'before it is edited') await edit();
      assert.ok(await answered(document.save()));
      assert.match(stored(), /<title>by another<\/title>[\s\S]*>2<\/vcpu>/);
    });
  }

  it('begins anew from what the host has when edits are given up', async () => {
    const document = await openWeb();
    await replace(document, '>first<', '>mine<');
    define(domainWith().replace('>first<', '>theirs<'));
    await pause(2100);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until('their text', () => />theirs</.test(document.getText()));
    await replace(document, '>theirs<', '>both<');
    assert.ok(await document.save(), 'there is nothing to merge, nothing to ask');
    assert.match(stored(), />both</);
  });
});

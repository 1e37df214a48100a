/** A VM's XML as a document of its host: opened, edited, saved and thereby defined; losses and the way back. */
import assert from 'node:assert/strict';
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { Bindings } from '../../client/src/documents/bindings.ts';
import { DriftMarks } from '../../client/src/documents/driftMarks.ts';
import { hostUri, readHostUri } from '../../client/src/documents/hostUri.ts';
import { openHost } from '../../virsh/src/index.ts';
import { open, replace, until } from './support/editor.ts';
import { hostedDomain, lookAgain, pause, setPreview, uuid } from './support/hostedDomain.ts';
import { answered, difference } from './support/preview.ts';
import { connection } from './support/testHost.ts';

describe("a VM's XML as a document", () => {
  const { daemon, virsh, stored, domainWith, define, openWeb, backups } = hostedDomain();

  it('is defined by saving, with its password, and then shows what the host has', async () => {
    const document = await openWeb();
    assert.match(document.getText(), /passwd='secret7'/);
    await replace(document, "<vcpu placement='static'>1<", '<vcpu>2<');
    const before = backups().length;
    assert.ok(await document.save());
    assert.match(stored(), /<vcpu placement='static'>2<[\s\S]*passwd='secret7'/);
    await until('what the host has', () => document.getText().trim() === stored());
    assert.equal(document.isDirty, false);
    assert.equal(backups().length, before + 1);
    const kept = backups().at(-1) ?? '';
    assert.match(readFileSync(kept, 'utf8'), /<vcpu placement='static'>1<[\s\S]*passwd='secret7'/);
    assert.equal(statSync(kept).mode & 0o777, 0o600);
  });

  it('says above which VM of which host it is', async () => {
    const document = await openWeb();
    const lenses = await until('the banner', async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
      );
      return found?.some(({ command }) => command?.title.startsWith('web on test host · shut off')) && found;
    });
    assert.deepEqual(
      lenses.map(({ command }) => command?.title),
      ['web on test host · shut off · saving defines it for the next start', 'Compare', 'History'],
    );
  });

  it('says above that the next start goes on from saved memory', async () => {
    daemon().makeImage('none.qcow2');
    virsh('start', uuid);
    virsh('managedsave', uuid);
    const { uri } = await openWeb();
    await until('the banner of a saved VM', async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);
      const banner =
        'web on test host · shut off · its memory is saved: saving defines it for the start after the next';
      return found?.some(({ command }) => command?.title === banner);
    });
    virsh('managedsave-remove', uuid);
  });

  it('shows the changes before, and defines nothing where the answer is no', async () => {
    await setPreview(undefined);
    const document = await openWeb();
    await replace(document, "<vcpu placement='static'>1<", '<vcpu>2<');
    const before = stored();
    const saving = document.save();
    await until('the difference', difference);
    const closing = setInterval(() => void vscode.commands.executeCommand('workbench.action.closeQuickOpen'), 300);
    assert.equal(await Promise.resolve(saving).finally(() => clearInterval(closing)), false);
    assert.equal(stored(), before);
    assert.ok(document.isDirty, 'the edit is still there');
    assert.ok(await answered(document.save()));
    assert.match(stored(), />2<\/vcpu>/);
  });

  it('asks nothing where only the description changes', async () => {
    await setPreview(undefined);
    const document = await openWeb();
    await replace(document, '>first<', '>second<');
    assert.ok(await document.save());
    assert.match(stored(), />second</);
  });

  it('is saved when it is defined, though the host did not say as what', async () => {
    const document = await openWeb();
    await replace(document, "<vcpu placement='static'>1<", '<vcpu>2<');
    const directory = daemon().directory;
    const program = path.join(directory, 'virsh');
    const isSilent = path.join(directory, 'silent');
    // Stands for a host that is lost at that moment: what follows a definition fails.
    const script = `#!/bin/sh
      if [ -e ${isSilent} ]; then echo 'error: failed to connect to the hypervisor' >&2; exit 1; fi
      virsh "$@"
      end=$?
      case " $* " in *' define '*) [ $end = 0 ] && touch ${isSilent} ;; esac
      exit $end`;
    writeFileSync(program, script, { mode: 0o755 });
    const settings = vscode.workspace.getConfiguration('libvirt');
    await settings.update('virshPath', program, vscode.ConfigurationTarget.Global);
    try {
      assert.ok(await document.save());
      assert.match(stored(), />2<\/vcpu>/);
      assert.ok(statSync(isSilent));
    } finally {
      await settings.update('virshPath', undefined, vscode.ConfigurationTarget.Global);
    }
    await lookAgain(document);
    await until('what the host has', () => document.getText().trim() === stored());
    await replace(document, '>first<', '>second<');
    assert.ok(await document.save(), 'there is nothing to merge, nothing to ask');
  });

  it("stays its own VM's when it was made another's definition", async () => {
    const other = uuid.replace('4dea', '5dea');
    define(domainWith('<title>the other</title>', 'web2').replace(uuid, other));
    try {
      const document = await openWeb();
      const before = stored();
      await replace(document, '<name>web<', '<name>web2<');
      await replace(document, uuid, other);
      await replace(document, '>first<', '>of both<');
      const asked = until('the difference', difference);
      assert.ok(await answered(document.save()));
      assert.ok(await asked, 'the other is not replaced without a look');
      const theirs = virsh('dumpxml', '--inactive', '--security-info', other);
      assert.match(theirs, />of both</);
      assert.equal(stored(), before);
      await until('its own text again', () => document.getText().trim() === before && !document.isDirty);
      const shown = await until('the document of the other', () => {
        const active = vscode.window.activeTextEditor?.document;
        return active && readHostUri(active.uri)?.uuid === other && active;
      });
      assert.equal(shown.getText().trim(), theirs);
    } finally {
      virsh('undefine', 'web2');
    }
  });

  it('does not define a text with errors', async () => {
    const document = await openWeb();
    await replace(document, '</features>', '<bogus/></features>');
    const before = stored();
    const saving = document.save();
    const closing = setInterval(() => void vscode.commands.executeCommand('notifications.clearAll'), 500);
    assert.equal(await Promise.resolve(saving).finally(() => clearInterval(closing)), false);
    assert.equal(stored(), before);
  });

  it('is not defined by saving that nobody asked for', async () => {
    const files = vscode.workspace.getConfiguration('files');
    const setting = files.inspect('autoSave')?.globalValue;
    await files.update('autoSave', 'afterDelay', vscode.ConfigurationTarget.Global);
    await files.update('autoSaveDelay', 100, vscode.ConfigurationTarget.Global);
    const document = await openWeb();
    const before = stored();
    await replace(document, '>first<', '>half a tho<');
    await pause(1500);
    // In a browser its default is on.
    await files.update('autoSave', setting, vscode.ConfigurationTarget.Global);
    await files.update('autoSaveDelay', undefined, vscode.ConfigurationTarget.Global);
    assert.equal(stored(), before);
    assert.ok(document.isDirty);
    assert.ok(await document.save());
    assert.match(stored(), />half a tho</);
  });

  it('stays as it is when libvirt refuses', async () => {
    const document = await openWeb();
    await replace(document, '/usr/bin/qemu-system-x86_64', '/usr/bin/qemu-nowhere');
    const before = stored();
    assert.equal(await document.save(), false);
    assert.equal(stored(), before);
    assert.ok(document.isDirty);
    assert.match(document.getText(), /qemu-nowhere/);
  });

  it('marks what libvirt lost, in the document and in what was sent', async () => {
    const document = await openWeb();
    // As many as there may be at most: libvirt does not write that down.
    await replace(document, "<vcpu placement='static'>1<", "<vcpu placement='static' current='1'>1<");
    assert.ok(await document.save());
    const marks = await until('the mark', () => {
      const found = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'libvirt');
      return found.length > 0 && found;
    });
    assert.match(marks[0]?.message ?? '', /dropped current/);
    assert.equal(document.getText(marks[0]?.range), 'vcpu');
    const related = marks[0]?.relatedInformation?.[0]?.location;
    const sent = await vscode.workspace.openTextDocument(related?.uri ?? document.uri);
    assert.equal(sent.getText(related?.range), "current='1'");
  });

  it('keeps the edit when the host does not answer, and defines it when it does again', async () => {
    const document = await openWeb();
    await replace(document, '>first<', '>patient<');
    const socket = daemon().socket;
    renameSync(socket, `${socket}.away`);
    assert.equal(await document.save(), false);
    assert.ok(document.isDirty);
    assert.match(document.getText(), />patient</);
    renameSync(`${socket}.away`, socket);
    assert.doesNotMatch(stored(), />patient</);
    assert.ok(await document.save());
    assert.match(stored(), />patient</);
  });

  it('loses nothing where two define at the same time', async () => {
    const document = await openWeb();
    await replace(document, "<vcpu placement='static'>1<", '<vcpu>2<');
    const file = vscode.Uri.file(path.join(daemon().directory, 'two.xml'));
    writeFileSync(file.fsPath, domainWith('<title>of the other</title>'));
    const [saved, defined] = await Promise.all([
      answered(document.save()),
      vscode.commands.executeCommand<{ status: string; kind?: string }>('libvirt.defineDomain', file, {
        connection,
        confirm: true,
      }),
    ]);
    // Who comes second has seen the first: the document merges, the file is told that it was overtaken.
    if (defined.status === 'failed') assert.equal(defined.kind, 'changed-meanwhile');
    if (saved) assert.match(stored(), />2<\/vcpu>/);
    if (saved && defined.status === 'defined') {
      const isMerged = /of the other/.test(stored());
      assert.ok(isMerged || backups().some((kept) => /of the other/.test(readFileSync(kept, 'utf8'))));
    }
    assert.ok(saved || defined.status === 'defined');
  });

  it('follows the host while nothing is edited', async () => {
    const document = await openWeb();
    await pause(2100);
    define(domainWith('<title>by another</title>'));
    await open('small.xml');
    await vscode.window.showTextDocument(document);
    await until('the change', () => /by another/.test(document.getText()));
  });

  it('goes back to what was replaced', async () => {
    const document = await openWeb();
    await replace(document, '>first<', '>second<');
    assert.ok(await document.save());
    const kept = path.basename(backups().at(-1) ?? '');
    const uri = vscode.Uri.from({
      scheme: 'libvirt',
      path: `/${connection}/history/web ${kept.replace(/\.xml$/, '')}.libvirt.xml`,
      query: `${uuid}/${kept}`,
    });
    assert.equal((await vscode.workspace.fs.stat(uri)).permissions, vscode.FilePermission.Readonly);
    assert.match((await vscode.workspace.openTextDocument(uri)).getText(), />first</);
    const count = backups().length;
    assert.equal(await vscode.commands.executeCommand('libvirt.showHistory', document.uri), count);
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    assert.deepEqual(await vscode.commands.executeCommand('libvirt.rollBackDomain', uri, { confirm: true }), {
      status: 'defined',
      name: 'web',
      replaced: true,
      marks: 0,
    });
    assert.match(stored(), />first</);
    assert.equal(backups().length, count + 1, 'what was rolled back is kept too');
    await until('the old text', () => />first</.test(document.getText()));
  });

  it('has an address for every name', () => {
    for (const name of ['a', 'A b', 'ünï ☃', '100%2F', '%', '#?&', "it's", '..', 'a.live', 'C:', '\\\\']) {
      for (const place of [
        { kind: 'definition' },
        { kind: 'live' },
        { kind: 'history', kept: '2026-01-02T03-04-05.678Z.xml' },
      ] as const) {
        const document = { connection: name === '..' ? 'a/b' : `${name}/${name}`, uuid, name, ...place };
        assert.deepEqual(readHostUri(vscode.Uri.parse(hostUri(document).toString())), document);
      }
    }
    for (const address of [
      'libvirt:/lab/definition/web',
      `libvirt:/lab/other/web?${uuid}`,
      `libvirt:/lab/history/web?${uuid}/../x.xml`,
    ]) {
      assert.equal(readHostUri(vscode.Uri.parse(address)), undefined, address);
    }
  });

  it('marks a VM whose file says something else', async () => {
    const file = await open('small.xml');
    virsh('define', file.uri.fsPath);
    const place = { connection, uuid: virsh('domuuid', 'small'), name: 'small' };
    // The window's own store cannot be reached from here.
    const store = new Map<string, unknown>();
    const memory = {
      keys: () => [...store.keys()],
      get: <T>(key: string, otherwise?: T) => (store.get(key) ?? otherwise) as T,
      update: async (key: string, value: unknown) => void store.set(key, value),
    };
    const bindings = new Bindings(memory);
    const asked = openHost({ kind: 'uri', name: connection, uri: daemon().uri });
    const { event } = new vscode.EventEmitter<unknown>();
    const marks = new DriftMarks({ bindings, hostOf: () => asked, onDidChangeHost: event });
    const mark = () => marks.provideFileDecoration(hostUri({ ...place, kind: 'definition' }));
    try {
      assert.equal(await mark(), undefined, 'no file belongs to it');
      bindings.bind(file.uri, place);
      assert.equal(await mark(), undefined, 'the file says the same');
      virsh('setvcpus', 'small', '4', '--maximum', '--config');
      assert.equal((await mark())?.badge, '≠');
      assert.match((await mark())?.tooltip ?? '', /small\.xml \(\d\)/);
    } finally {
      marks.dispose();
      asked.close();
    }
  });

  it('compares file, definition and running guest', async () => {
    const file = await open('small.xml');
    await vscode.commands.executeCommand('libvirt.defineDomain', file.uri, { connection, confirm: true });
    virsh('setvcpus', 'small', '3', '--maximum', '--config');
    const page = await vscode.commands.executeCommand<string>('libvirt.compareDomain', file.uri);
    assert.doesNotMatch(page, /devices/, 'a file need not say what libvirt fills in');
    assert.match(page, /\| vCPUs \| 1 \| 3 \|/);
  });
});

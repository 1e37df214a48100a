/** What the editor knows of the host that a document belongs to: offered, explained, missed; and kept in a file. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';
import { closeAll, rangeOf, replace, until, workspaceFile } from './support/editor.ts';
import { skipFor } from './support/skip.ts';
import { connection, TestHost } from './support/testHost.ts';

describe('facts of a host', () => {
  let host: TestHost | undefined;

  before(async function () {
    skipFor(this, requirements(...daemonPrograms));
    host = await TestHost.start();
    const file = path.join(host.daemon.directory, 'any.xml');
    const define = (verb: string, xml: string): void => {
      writeFileSync(file, xml);
      host?.virsh(verb, file);
    };
    define(
      'net-define',
      "<network><name>lab-net</name><forward mode='nat'/><bridge name='virbr78'/><ip address='192.168.78.1' netmask='255.255.255.0'/></network>",
    );
    const devices = "\n    <interface type='network'>\n      <source network='lab-net'/>\n    </interface>";
    define('define', tinyDomain({ name: 'web', disk: '/img/none.qcow2', devices }));
  });
  afterEach(closeAll);
  after(() => host?.stop());

  it('completes, explains and misses the networks of the connected host', async () => {
    const document: vscode.TextDocument = await vscode.commands.executeCommand('libvirt.openDomainXml', {
      connection,
      domain: 'web',
      which: 'definition',
    });
    const place = () => rangeOf(document, "network='lab-net'").start.translate(0, "network='".length);
    await until('the hover that knows the network', async () => {
      const hovers: vscode.Hover[] = await vscode.commands.executeCommand(
        'vscode.executeHoverProvider',
        document.uri,
        place(),
      );
      const texts = hovers
        .flatMap(({ contents }) => contents)
        .map((one) => (typeof one === 'string' ? one : one.value));
      return texts.some((text) => text.includes(`**This network:** on \`${connection}\`: off.`));
    });
    const list: vscode.CompletionList = await vscode.commands.executeCommand(
      'vscode.executeCompletionItemProvider',
      document.uri,
      place(),
    );
    const [first] = list.items;
    assert.equal(first?.label, 'lab-net');
    assert.equal(first?.detail, 'network on test host (nat, virbr78, off)');
    await replace(document, "network='lab-net'", "network='lab-nte'");
    const missing = await until('the warning', () =>
      vscode.languages.getDiagnostics(document.uri).find(({ message }) => message.includes('`lab-nte`')),
    );
    assert.match(missing.message, /There is no network `lab-nte` on `test host`/);
  });

  it('are saved to a file, by which other documents can be checked', async () => {
    const file = workspaceFile('test.libvirt-host.json');
    try {
      const saved = await vscode.commands.executeCommand('libvirt.saveHostFacts', { connection, file });
      assert.equal(String(saved), file.toString());
      const facts: unknown = JSON.parse(readFileSync(file.fsPath, 'utf8'));
      assert.ok(typeof facts === 'object' && facts && 'name' in facts && facts.name === connection);
      assert.deepEqual(vscode.languages.getDiagnostics(file), [], 'the JSON schema finds nothing wrong');
    } finally {
      rmSync(file.fsPath, { force: true });
    }
  });
});

/** What the editor knows of the host that a document belongs to: offered, explained, missed; and kept in a file. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
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

  it('of two hosts are told apart: what both have, and what one has not', async () => {
    const other = await LibvirtDaemon.start();
    const settings = vscode.workspace.getConfiguration('libvirt');
    const file = workspaceFile('rack.libvirt-host.json');
    const both = [
      { name: connection, uri: host?.daemon.uri },
      { name: 'rack', uri: other.uri },
    ];
    try {
      await settings.update('connections', both, vscode.ConfigurationTarget.Global);
      await vscode.commands.executeCommand('libvirt.saveHostFacts', { connection: 'rack', file });
      await settings.update('hostFacts', [file.fsPath], vscode.ConfigurationTarget.Global);
      const document: vscode.TextDocument = await vscode.commands.executeCommand('libvirt.openDomainXml', {
        connection,
        domain: 'web',
        which: 'definition',
      });
      const hoverOf = (text: string, within: number) => async (): Promise<string | undefined> => {
        const hovers: vscode.Hover[] = await vscode.commands.executeCommand(
          'vscode.executeHoverProvider',
          document.uri,
          rangeOf(document, text).start.translate(0, within),
        );
        const parts = hovers
          .flatMap(({ contents }) => contents)
          .map((one) => (typeof one === 'string' ? one : one.value));
        return parts
          .map((part) => /\*\*This .*$/m.exec(part)?.[0])
          .find((line) => line?.includes('rack') || line?.includes('both'));
      };
      const network = await until('the hover of the network', hoverOf("network='lab-net'", "network='".length));
      assert.equal(network, `**This network:** on \`${connection}\`: off; not on \`rack\`.`);
      const machine = await until('the hover of the machine type', hoverOf("machine='pc-", "machine='".length));
      assert.match(machine, /^\*\*This machine type:\*\* on both hosts/);
      const list: vscode.CompletionList = await vscode.commands.executeCommand(
        'vscode.executeCompletionItemProvider',
        document.uri,
        rangeOf(document, "machine='pc-").start.translate(0, "machine='".length),
      );
      assert.match(list.items.find(({ label }) => label === 'q35')?.detail ?? '', /^machine type on both hosts/);
    } finally {
      await settings.update('hostFacts', undefined, vscode.ConfigurationTarget.Global);
      rmSync(file.fsPath, { force: true });
      await other.stop();
    }
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

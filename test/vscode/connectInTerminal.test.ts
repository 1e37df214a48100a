/** A host whose key nobody knows yet: the view says so, and ssh asks in a terminal; afterwards everything works. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { HostsNode } from '../../client/src/tree/nodes.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements, sshPrograms } from '../support/bed/requirements.ts';
import { SshServer } from '../support/bed/sshServer.ts';
import { until } from './support/editor.ts';
import { awake } from './support/hostsTree.ts';
import { skipFor } from './support/skip.ts';

describe('a host that ssh asks about', () => {
  let daemon: LibvirtDaemon | undefined;
  let server: SshServer | undefined;
  let tree: vscode.TreeDataProvider<HostsNode>;
  let knownHosts = '';
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('libvirt');

  before(async function () {
    skipFor(this, requirements(...daemonPrograms, ...sshPrograms));
    [daemon, server] = await Promise.all([LibvirtDaemon.start(), SshServer.start()]);
    knownHosts = server.file('known_by_answer');
    const asking = ['-o', 'StrictHostKeyChecking=ask', '-o', `UserKnownHostsFile=${knownHosts}`];
    const entry = { name: 'lab', ssh: 'bed', uri: daemon.uri, sshOptions: [...asking, ...server.options] };
    await settings().update('connections', [entry], vscode.ConfigurationTarget.Global);
    tree = (await awake()).hosts;
    await vscode.commands.executeCommand('libvirt.hosts.focus');
  });
  after(async () => {
    await settings().update('connections', undefined, vscode.ConfigurationTarget.Global);
    await Promise.all([daemon?.stop(), server?.stop()]);
  });

  const onHost = async (): Promise<HostsNode[]> => {
    const [host] = (await tree.getChildren()) ?? [];
    return host?.kind === 'host' ? ((await tree.getChildren(host)) ?? []) : [];
  };

  it('is not asked for behind the user’s back', async () => {
    const failure = await until('the failure', async () => (await onHost()).find(({ kind }) => kind === 'failure'));
    assert.equal(failure.kind === 'failure' && failure.failure.kind, 'host-key-unknown');
    assert.equal(existsSync(knownHosts), false);
  });

  it('is answered in a terminal, and is there then', async () => {
    const terminal = await vscode.commands.executeCommand<vscode.Terminal | undefined>('libvirt.connectInTerminal', {
      connection: 'lab',
    });
    assert.ok(terminal);
    await terminal.processId;
    await until('ssh to have asked', async () => {
      terminal.sendText('yes');
      await new Promise((resolve) => setTimeout(resolve, 500));
      return existsSync(knownHosts) && readFileSync(knownHosts, 'utf8') !== '';
    });
    await until('the host to answer', async () => (await onHost()).some(({ kind }) => kind === 'folder'));
  });
});

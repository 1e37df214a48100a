/** The connections that the user has configured, or those that every machine offers; one runner for each. */
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import {
  type Connection,
  createRunner,
  openPlayground,
  type Playground,
  type Runner,
  readConnections,
} from '../../../virsh/src/index.ts';
import { type Log, logCommand } from '../log.ts';

/** Offered where nothing is configured: this machine's own libvirt. */
const LOCAL: readonly Connection[] = [
  { kind: 'uri', name: 'This machine (system)', uri: 'qemu:///system' },
  { kind: 'uri', name: 'This machine (session)', uri: 'qemu:///session' },
];

export class Connections implements vscode.Disposable {
  private readonly runners = new Map<string, Runner>();
  private readonly storage: string;
  private readonly log: Log;
  private readonly watcher: vscode.Disposable;

  constructor(extension: vscode.ExtensionContext, log: Log) {
    this.storage = extension.globalStorageUri.fsPath;
    this.log = log;
    this.watcher = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('libvirt')) this.runners.clear();
    });
  }

  /** What may be chosen, in the order of the setting. A faulty entry is told once and left out. */
  list(): readonly Connection[] {
    const setting = vscode.workspace.getConfiguration('libvirt').get<unknown>('connections', []);
    if (Array.isArray(setting) && setting.length === 0) return LOCAL;
    const { connections, problems } = readConnections(setting);
    for (const { index, message } of problems) {
      this.log.error(`setting libvirt.connections, entry ${index + 1}: ${message}`);
    }
    if (problems[0]) void offerSettings(problems[0].message);
    return connections;
  }

  /** Nothing is configured: the playground is worth offering. */
  get isUnconfigured(): boolean {
    const setting = vscode.workspace.getConfiguration('libvirt').get<unknown>('connections', []);
    return Array.isArray(setting) && setting.length === 0;
  }

  /** A libvirt of the extension's own to try things on. Its state lies in the extension's storage, or where paths are shorter. */
  playground(): Promise<Playground> {
    const short = path.join(os.homedir(), '.virtlint');
    return openPlayground({ directories: [path.join(this.storage, 'lv'), short] });
  }

  runner(connection: Connection): Runner {
    const key = JSON.stringify(connection);
    let runner = this.runners.get(key);
    if (!runner) {
      const settings = vscode.workspace.getConfiguration('libvirt');
      runner = createRunner(connection, {
        virshPath: settings.get<string>('virshPath', 'virsh'),
        sshPath: settings.get<string>('sshPath', 'ssh'),
        log: (entry) => logCommand(this.log, entry),
      });
      this.runners.set(key, runner);
    }
    return runner;
  }

  dispose(): void {
    this.watcher.dispose();
  }
}

async function offerSettings(problem: string): Promise<void> {
  const open = vscode.l10n.t('Open Settings');
  const chosen = await vscode.window.showErrorMessage(vscode.l10n.t('Setting libvirt.connections: {0}', problem), open);
  if (chosen === open) await vscode.commands.executeCommand('workbench.action.openSettings', 'libvirt.connections');
}

/** The connections that the user has configured, or those that every machine offers; one host for each. */
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import {
  type AuditTrail,
  type Connection,
  type Host,
  openHost,
  openPlayground,
  type RunnerOptions,
  readConnections,
} from '../../../virsh/src/index.ts';
import type { Log } from '../log.ts';
import { tell } from '../notify.ts';
import { openSettings, showLog } from '../report.ts';
import { logCommand } from './logCommand.ts';
import { configuredConnections } from './setting.ts';

/** Offered where nothing is configured: this machine's own libvirt. */
const localConnections = (): readonly Connection[] => [
  { kind: 'uri', name: vscode.l10n.t('This machine (system)'), uri: 'qemu:///system' },
  { kind: 'uri', name: vscode.l10n.t('This machine (session)'), uri: 'qemu:///session' },
];

const PROGRAMS = ['libvirt.virshPath', 'libvirt.sshPath'];

export class Connections implements vscode.Disposable {
  private readonly hosts = new Map<string, Host>();
  private readonly storage: string;
  private readonly log: Log;
  private readonly audit: AuditTrail;
  private readonly watcher: vscode.Disposable;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly acted = new vscode.EventEmitter<string>();
  /** Connections may have come, gone or be others under the same name. */
  readonly onDidChange = this.changed.event;
  /** A command that changes something has ended, well or not, on the connection of this name. */
  readonly onDidAct = this.acted.event;
  /** What the user has been told already and need not hear again. */
  private readonly told = new Set<string>();
  private opened: Host | undefined;

  constructor(extension: vscode.ExtensionContext, log: Log, audit: AuditTrail) {
    this.storage = extension.globalStorageUri.fsPath;
    this.log = log;
    this.audit = audit;
    this.watcher = vscode.workspace.onDidChangeConfiguration((change) => {
      if (PROGRAMS.some((name) => change.affectsConfiguration(name))) this.closeExcept(new Set());
      else if (change.affectsConfiguration('libvirt.connections')) this.closeExcept(new Set(this.list().map(keyOf)));
      else return;
      this.opened = undefined;
      this.told.clear();
      this.changed.fire();
    });
  }

  /** Nothing is configured: the playground is worth offering. */
  get isUnconfigured(): boolean {
    const setting = configuredConnections();
    return Array.isArray(setting) && setting.length === 0;
  }

  /** What may be chosen, in the order of the setting. Faulty entries are left out. */
  list(): readonly Connection[] {
    return this.isUnconfigured ? localConnections() : readConnections(configuredConnections()).connections;
  }

  /** Tells of faulty entries: each time until one is right, then once. */
  tellProblems(): void {
    if (this.isUnconfigured) return;
    const { connections, problems } = readConnections(configuredConnections());
    const [first, ...others] = problems.map(({ message }) => message);
    if (first === undefined || (connections.length > 0 && !this.isNew(first))) return;
    for (const message of [first, ...others]) this.log.error(`Setting libvirt.connections: ${message}`);
    const message = vscode.l10n.t('Setting libvirt.connections: {0}', first);
    const actions = others.length > 0 ? [showLog(this.log)] : [];
    tell('error', message, openSettings('libvirt.connections'), ...actions);
  }

  /** The playground has been opened in this window. */
  get hasPlayground(): boolean {
    return this.opened !== undefined;
  }

  /** A libvirt of the extension's own to try things on. Its state lies in the extension's storage, or where paths are shorter. */
  async playground(): Promise<Host> {
    if (this.opened) return this.opened;
    const directories = [path.join(this.storage, 'lv'), path.join(os.homedir(), '.virtlint')];
    const { connection, limitation } = await openPlayground({ directories, ...this.options() });
    if (limitation !== undefined && this.isNew(limitation)) tell('information', limitation);
    this.opened = this.host(connection);
    return this.opened;
  }

  /** The host at the other end of a connection: the same one each time, with its one channel, until the settings change. */
  host(connection: Connection): Host {
    const key = keyOf(connection);
    const host = this.hosts.get(key) ?? openHost(connection, this.options());
    this.hosts.set(key, host);
    return host;
  }

  dispose(): void {
    this.watcher.dispose();
    this.changed.dispose();
    this.acted.dispose();
    for (const host of this.hosts.values()) host.close();
  }

  /** A host whose entry has not changed keeps its channel: its user may have typed a password for it. */
  private closeExcept(kept: ReadonlySet<string>): void {
    for (const [key, host] of this.hosts) {
      if (kept.has(key)) continue;
      host.close();
      this.hosts.delete(key);
    }
  }

  private options(): RunnerOptions {
    const settings = vscode.workspace.getConfiguration('libvirt');
    return {
      virshPath: settings.get('virshPath', 'virsh'),
      sshPath: settings.get('sshPath', 'ssh'),
      audit: this.audit,
      log: (entry) => {
        logCommand(this.log, entry);
        if (entry.lane !== 'read') this.acted.fire(entry.connection);
      },
    };
  }

  private isNew(message: string): boolean {
    const isNew = !this.told.has(message);
    this.told.add(message);
    return isNew;
  }
}

const keyOf = (connection: Connection): string => JSON.stringify(connection);

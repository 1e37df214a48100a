/** All hosts of the view: who they are, which of them are looked at, and what is known of them. */
import path from 'node:path';
import * as vscode from 'vscode';
import { type Connection, type Host, Turns } from '../../../virsh/src/index.ts';
import type { Connections } from '../connections/connections.ts';
import { HostCache } from './hostCache.ts';
import { HostModel } from './hostModel.ts';

/** More at the same time would only be slower, and more logins than a jump host likes. */
const CONNECTING_AT_A_TIME = 8;
/** A burst of changes is written once. */
const WRITE_DELAY_MILLISECONDS = 2000;
const PLAYGROUND_KEY = 'playground';

export class Hosts implements vscode.Disposable {
  private readonly models = new Map<string, HostModel>();
  /** Names of the hosts that are unfolded: they are watched while the view can be seen. */
  private readonly unfolded = new Set<string>();
  private readonly foldedGroups = new Set<string>();
  private readonly writing = new Map<string, NodeJS.Timeout>();
  private readonly changed = new vscode.EventEmitter<HostModel | undefined>();
  private readonly turns = new Turns(CONNECTING_AT_A_TIME);
  private readonly cache: HostCache;
  private readonly subscriptions: vscode.Disposable[];
  private playground: Host | undefined;
  private isVisible = false;
  private hasLookedAround = false;

  /** A host has changed; undefined: which hosts there are. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly extension: vscode.ExtensionContext,
    private readonly connections: Connections,
  ) {
    this.cache = new HostCache(path.join(extension.globalStorageUri.fsPath, 'hosts'));
    this.subscriptions = [
      connections.onDidChange(() => this.reset()),
      connections.onDidAct((name) => this.models.get(name)?.askSoon()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.changed.fire(undefined)),
    ];
  }

  /** In the order of the setting. Nothing in a workspace that is not trusted: its settings name the hosts. */
  list(): readonly HostModel[] {
    if (!vscode.workspace.isTrusted) return [];
    const listed = this.connections.isUnconfigured ? this.answeringLocal() : this.configured();
    if (!this.playground || listed.some(({ name }) => name === this.playground?.connection.name)) return listed;
    return [...listed, this.model(this.playground.connection)];
  }

  /** This machine's own libvirt, for where nothing is configured. */
  local(): readonly HostModel[] {
    return vscode.workspace.isTrusted && this.connections.isUnconfigured ? this.configured() : [];
  }

  /** For the first look at the view: whether this machine's own libvirt is there, where nothing else is configured, and the playground. */
  lookAround(): void {
    if (!this.hasLookedAround && vscode.workspace.isTrusted) {
      this.hasLookedAround = true;
      this.connections.tellProblems();
      void this.reopenPlayground();
    }
    for (const model of this.local()) if (model.status.state === 'unasked') void model.refresh();
  }

  find(name: string): HostModel | undefined {
    return this.list().find((model) => model.name === name);
  }

  /** The name of a domain, where it has been seen. */
  nameOf(host: string, uuid: string): string | undefined {
    return this.models.get(host)?.domains?.find((domain) => domain.uuid === uuid)?.name;
  }

  /** Asks a host again, at once. For commands that have changed something there. */
  async refresh(name: string): Promise<void> {
    const model = this.find(name);
    if (!model) return;
    if (model.status.state === 'connected') await model.refresh();
    else this.tryAgain(model);
  }

  /** Asks all hosts that are unfolded, and this machine where nothing is configured. */
  refreshAll(): void {
    for (const model of this.local()) if (model.status.state !== 'connected') this.tryAgain(model);
    for (const name of this.unfolded) void this.refresh(name);
  }

  /** A person asks: what has failed is tried again. */
  tryAgain(model: HostModel): void {
    model.rest();
    if (this.isSeen(model)) model.watch();
    else void model.refresh();
  }

  /** A host is looked at from now on. */
  unfold(model: HostModel): void {
    if (this.unfolded.has(model.name)) return;
    this.unfolded.add(model.name);
    if (this.isSeen(model)) model.watch();
  }

  fold(model: HostModel): void {
    this.unfolded.delete(model.name);
    model.rest();
  }

  /** Nothing is asked and nothing runs while nobody can see it. */
  setVisible(isVisible: boolean): void {
    this.isVisible = isVisible;
    this.watchWhatIsSeen();
  }

  foldGroup(group: string, isFolded: boolean): void {
    if (isFolded) this.foldedGroups.add(group);
    else this.foldedGroups.delete(group);
    this.watchWhatIsSeen();
  }

  /** Adds the playground to the list, in this window and the next ones. */
  async openPlayground(): Promise<void> {
    this.playground = await this.connections.playground();
    await this.extension.globalState.update(PLAYGROUND_KEY, true);
    this.changed.fire(undefined);
  }

  async closePlayground(): Promise<void> {
    if (this.playground) this.forget(this.playground.connection.name);
    this.playground = undefined;
    await this.extension.globalState.update(PLAYGROUND_KEY, undefined);
    this.changed.fire(undefined);
  }

  isPlayground(model: HostModel): boolean {
    return model.host === this.playground;
  }

  dispose(): void {
    for (const model of this.models.values()) model.dispose();
    for (const timer of this.writing.values()) clearTimeout(timer);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private isSeen({ name, host }: HostModel): boolean {
    const { group } = host.connection;
    return this.isVisible && this.unfolded.has(name) && (group === undefined || !this.foldedGroups.has(group));
  }

  private watchWhatIsSeen(): void {
    for (const model of this.models.values())
      if (this.isSeen(model)) model.watch();
      else model.rest();
  }

  /** Opened in an earlier window: it is listed again. */
  private async reopenPlayground(): Promise<void> {
    if (this.extension.globalState.get(PLAYGROUND_KEY) === true) await this.openPlayground();
  }

  private configured(): readonly HostModel[] {
    return this.connections.list().map((connection) => this.model(connection));
  }

  /** Where one of the two answers, both are shown: the other one's failure is then of interest. */
  private answeringLocal(): readonly HostModel[] {
    const local = this.configured();
    return local.some(({ domains }) => domains !== undefined) ? local : [];
  }

  private model(connection: Connection): HostModel {
    const host = this.connections.host(connection);
    const known = this.models.get(connection.name);
    if (known?.host === host) return known;
    known?.dispose();
    this.unfolded.delete(connection.name);
    const model = new HostModel(host, {
      sighting: this.cache.read(connection),
      onChange: (changed) => this.onChange(changed),
      inTurn: (signal, task) => this.turns.run(signal, task),
    });
    this.models.set(connection.name, model);
    return model;
  }

  private onChange(model: HostModel): void {
    // Whether it is in the list at all may depend on its answer.
    this.changed.fire(this.connections.isUnconfigured ? undefined : model);
    const { name, sighting } = model;
    if (!model.isConfirmed || !sighting) return;
    clearTimeout(this.writing.get(name));
    const write = () => void this.cache.write(model.host.connection, sighting);
    this.writing.set(name, setTimeout(write, WRITE_DELAY_MILLISECONDS));
  }

  private forget(name: string): void {
    this.models.get(name)?.dispose();
    this.models.delete(name);
    clearTimeout(this.writing.get(name));
    this.unfolded.delete(name);
  }

  /** The settings have changed: hosts may have come, gone or be others under the same name. */
  private reset(): void {
    if (this.playground && !this.connections.hasPlayground) void this.openPlayground();
    const listed = new Set(this.list().map(({ name }) => name));
    for (const [name, { host }] of [...this.models]) {
      if (listed.has(name)) continue;
      this.forget(name);
      void this.cache.remove(host.connection);
    }
    this.changed.fire(undefined);
  }
}

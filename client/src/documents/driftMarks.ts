/** Marks a VM in the tree whose file in the workspace says something else than its definition on the host. */
import path from 'node:path';
import * as vscode from 'vscode';
import { domain, type Host } from '../../../virsh/src/index.ts';
import type { Bindings } from './bindings.ts';
import { readHostUri } from './hostUri.ts';

/** Files may be saved, and hosts may tell of changes, many times a second. */
const PAUSE_MILLISECONDS = 1000;

export interface DriftOptions {
  readonly bindings: Bindings;
  /** Undefined where there is no such connection, or where it is not to be asked. */
  readonly hostOf: (connection: string) => Host | undefined;
  /** Something has changed on a host. */
  readonly onDidChangeHost: vscode.Event<unknown>;
}

export class DriftMarks implements vscode.FileDecorationProvider, vscode.Disposable {
  private readonly options: DriftOptions;
  private readonly changed = new vscode.EventEmitter<undefined>();
  private readonly disposables: readonly vscode.Disposable[];
  private pause: NodeJS.Timeout | undefined;
  readonly onDidChangeFileDecorations = this.changed.event;

  constructor(options: DriftOptions) {
    this.options = options;
    this.disposables = [
      this.changed,
      options.onDidChangeHost(() => this.lookSoon()),
      vscode.workspace.onDidSaveTextDocument(() => this.lookSoon()),
      vscode.window.registerFileDecorationProvider(this),
    ];
  }

  /** VS Code asks for what it shows; only a VM that has a file costs a question to its host. */
  async provideFileDecoration(uri: vscode.Uri): Promise<vscode.FileDecoration | undefined> {
    const place = readHostUri(uri);
    if (place?.kind !== 'definition' || !vscode.workspace.isTrusted) return undefined;
    const { connection, uuid } = place;
    const { bindings, hostOf } = this.options;
    if (bindings.filesOf(connection, uuid).length === 0) return undefined;
    const host = hostOf(connection);
    const secrets = !host?.connection.readOnly;
    const definition = await host?.run(domain.dumpXml(uuid, { inactive: true, secrets }));
    if (!definition?.ok) return undefined;
    const drift = await bindings.driftOf(connection, uuid, definition.value);
    if (drift.length === 0) return undefined;
    const files = drift.map((file) => `${path.basename(file.uri.path)} (${file.changes})`);
    const tooltip = vscode.l10n.t('The definition on the host differs from {0}', files.join(', '));
    return new vscode.FileDecoration('≠', tooltip, new vscode.ThemeColor('gitDecoration.modifiedResourceForeground'));
  }

  dispose(): void {
    clearTimeout(this.pause);
    for (const disposable of this.disposables) disposable.dispose();
  }

  private lookSoon(): void {
    this.pause ??= setTimeout(() => {
      this.pause = undefined;
      this.changed.fire(undefined);
    }, PAUSE_MILLISECONDS);
  }
}

/** The status bar says on which host a document would be defined, loudly where that host is a production host. */
import * as vscode from 'vscode';
import type { Connection } from '../../../virsh/src/index.ts';
import { stateText } from '../connections/states.ts';
import { withoutIcons } from '../notify.ts';
import type { HostDocuments } from './hostDocuments.ts';
import { readHostUri } from './hostUri.ts';

export class HostStatus implements vscode.Disposable {
  private readonly documents: Pick<HostDocuments, 'get' | 'onDidChange'>;
  private readonly connections: { list(): readonly Connection[] };
  private readonly item = vscode.window.createStatusBarItem('libvirt.host', vscode.StatusBarAlignment.Left, 100);
  private readonly disposables: readonly vscode.Disposable[];

  constructor(documents: Pick<HostDocuments, 'get' | 'onDidChange'>, connections: { list(): readonly Connection[] }) {
    this.documents = documents;
    this.connections = connections;
    this.item.name = vscode.l10n.t('Host of the VM in the editor');
    this.disposables = [
      this.item,
      documents.onDidChange(() => this.show()),
      vscode.window.onDidChangeActiveTextEditor(() => this.show()),
    ];
    this.show();
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private show(): void {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const place = uri && readHostUri(uri);
    if (!place) {
      this.item.hide();
      return;
    }
    const state = this.documents.get(uri)?.state;
    const connection = this.connections.list().find(({ name }) => name === place.connection);
    const words = [place.connection, ...(state && state !== 'unknown' ? [stateText(state)] : [])];
    this.item.text = `$(server) ${withoutIcons(words.join(' · '))}`;
    this.item.tooltip = vscode.l10n.t('{0} on {1}', place.name, place.connection);
    this.item.backgroundColor = connection?.production
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    this.item.show();
  }
}

/** Above a document of a host: which VM of which host it is, in which state, what saving does, and what else there is. */
import * as vscode from 'vscode';
import { isActive, stateText } from '../connections/states.ts';
import { withoutIcons } from '../notify.ts';
import { conflictLenses } from './conflicts.ts';
import { keptAt } from './history.ts';
import type { HostDocuments, Opened } from './hostDocuments.ts';
import { HOST_SCHEME, type HostDocument, hostUri, readHostUri } from './hostUri.ts';

const FIRST_LINE = new vscode.Range(0, 0, 0, 0);

export class HostLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly documents: Pick<HostDocuments, 'get' | 'onDidChange'>;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly disposables: readonly vscode.Disposable[];
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(documents: Pick<HostDocuments, 'get' | 'onDidChange'>) {
    this.documents = documents;
    this.disposables = [
      this.changed,
      documents.onDidChange(() => this.changed.fire()),
      vscode.languages.registerCodeLensProvider({ scheme: HOST_SCHEME }, this),
    ];
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const { uri } = document;
    const place = readHostUri(uri);
    if (!place) return [];
    const opened = this.documents.get(uri);
    const commands = [
      { title: withoutIcons(banner(place, opened, document.isDirty)), command: '' },
      ...actions(place, uri, opened),
    ];
    return [...commands.map((command) => new vscode.CodeLens(FIRST_LINE, command)), ...conflictLenses(document)];
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }
}

/** `web on lab · running · saving defines it for the next start`. */
function banner(place: HostDocument, opened: Opened | undefined, hasEdits: boolean): string {
  const { name, connection, kind } = place;
  const vm = vscode.l10n.t('{0} on {1}', name, connection);
  if (place.kind === 'history') {
    return [vm, vscode.l10n.t('replaced {0}', keptAt(place.kept).toLocaleString())].join(' · ');
  }
  const state = opened && opened.state !== 'unknown' ? [stateText(opened.state)] : [];
  if (kind === 'live') return [vm, ...state, vscode.l10n.t('live XML, read-only')].join(' · ');
  const isOvertaken = hasEdits && opened?.base !== undefined && opened.base !== opened.xml;
  const newer = isOvertaken ? [vscode.l10n.t('somebody changed it meanwhile: saving merges')] : [];
  const saving =
    opened?.isSaved && !isActive(opened.state)
      ? vscode.l10n.t('its memory is saved: saving defines it for the start after the next')
      : vscode.l10n.t('saving defines it for the next start');
  return [vm, ...state, saving, ...newer].join(' · ');
}

function actions(place: HostDocument, uri: vscode.Uri, opened: Opened | undefined): vscode.Command[] {
  const history = { title: vscode.l10n.t('History'), command: 'libvirt.showHistory', arguments: [uri] };
  const compare = { title: vscode.l10n.t('Compare'), command: 'libvirt.compareDomain', arguments: [uri] };
  const { connection, uuid, name } = place;
  const other = (kind: 'definition' | 'live', title: string): vscode.Command => ({
    title,
    command: 'vscode.open',
    arguments: [hostUri({ connection, uuid, name, kind })],
  });
  if (place.kind === 'history') {
    const rollBack = { title: vscode.l10n.t('Roll Back to This'), command: 'libvirt.rollBackDomain', arguments: [uri] };
    return [rollBack, other('definition', vscode.l10n.t('Definition')), history];
  }
  if (place.kind === 'live') return [other('definition', vscode.l10n.t('Definition')), compare];
  const isRunning = opened !== undefined && isActive(opened.state) && opened.state !== 'unknown';
  return [...(isRunning ? [other('live', vscode.l10n.t('Live XML'))] : []), compare, history];
}

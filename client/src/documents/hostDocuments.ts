/**
 * A VM's XML as a document of its host: the definition, which saving defines, the XML of the running guest and the definitions that were replaced, both
 * to be read only. What a document's edits began from is remembered: it is the base of a merge. VS Code reads for other reasons than to show
 * something, and says that a document is saved when it has been typed in meanwhile: only the text that a document has tells what it shows.
 */
import * as vscode from 'vscode';
import type { DomainState, Host, Result } from '../../../virsh/src/index.ts';
import { tell } from '../notify.ts';
import { replaceText } from './conflicts.ts';
import type { History } from './history.ts';
import { HOST_SCHEME, type HostDocument, readHostUri } from './hostUri.ts';
import { readDomain } from './readDomain.ts';

export interface Opened {
  /** What the host had when it was asked last. */
  readonly xml: string;
  readonly state: DomainState;
  /** Its memory is saved: the next start brings it back with the definition that it had then. */
  readonly isSaved: boolean;
  /** Changes when VS Code is told to read anew, and never otherwise: it would refuse to save what is older, where we merge. */
  readonly version: number;
  readonly readAt: number;
  /** What VS Code has read last: to show it, or to compare with it. */
  readonly given?: Pick<Opened, 'xml' | 'version'>;
  /** What the document says while it has no edits, and the version of that. */
  readonly shown?: Pick<Opened, 'xml' | 'version'>;
  /** What the document's edits began from. Undefined where that is not known: VS Code carries edits over from one window to the next. */
  readonly base?: string;
}

type Asked = Pick<Opened, 'xml' | 'state' | 'isSaved'>;

export interface Saving {
  readonly uri: vscode.Uri;
  readonly place: HostDocument;
  readonly text: string;
  /** What the host had when the document was opened; undefined where that is not known any more. */
  readonly base: string | undefined;
}

/** The host has both changes of one place now: what it had, and our text with both answers marked. */
export interface MarkedConflict {
  readonly theirs: string;
  readonly text: string;
}

/** What has come of a saved text, or why it was not defined. */
export type Saved = Result<
  | {
      readonly status: 'defined';
      /** The definition as the host keeps it now. */
      readonly xml: string;
      /** There is more in it than was saved: what others had changed. */
      readonly isMerged: boolean;
    }
  /** It was another VM's definition. */
  | { readonly status: 'elsewhere' },
  { readonly message: string; readonly conflict?: MarkedConflict }
>;

export interface HostDocumentsOptions {
  readonly history: History;
  /** Undefined where there is no such connection. */
  readonly hostOf: (connection: string) => Promise<Host | undefined>;
  readonly save: (saving: Saving) => Promise<Saved>;
}

/** VS Code asks for the state of a file and then for its content: one question to the host answers both. */
const FRESH_MILLISECONDS = 2000;
const BURST_MILLISECONDS = 300;
const RELOAD_MILLISECONDS = 3000;

export class HostDocuments implements vscode.FileSystemProvider, vscode.Disposable {
  private readonly options: HostDocumentsOptions;
  private readonly opened = new Map<string, Opened>();
  private readonly reasons = new Map<string, vscode.TextDocumentSaveReason>();
  private readonly waiting = new Map<string, NodeJS.Timeout>();
  private readonly fileChanges = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  private readonly changes = new vscode.EventEmitter<vscode.Uri>();
  private readonly disposables: readonly vscode.Disposable[];
  private lastVersion = 1;
  readonly onDidChangeFile = this.fileChanges.event;
  /** What is known of a document's VM has changed: its state, or that somebody else changed it. */
  readonly onDidChange = this.changes.event;

  constructor(options: HostDocumentsOptions) {
    this.options = options;
    this.disposables = [
      this.fileChanges,
      this.changes,
      vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
        if (document.uri.scheme === HOST_SCHEME) this.reasons.set(document.uri.toString(), reason);
      }),
      vscode.workspace.onDidOpenTextDocument((document) => this.see(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.see(document)),
      vscode.workspace.onDidSaveTextDocument((document) => this.showStored(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.opened.delete(uri.toString())),
      vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.look(editor.document.uri)),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        const uri = vscode.window.activeTextEditor?.document.uri;
        if (focused && uri) this.look(uri);
      }),
    ];
  }

  /** What is known of an open document's VM. */
  get(uri: vscode.Uri): Opened | undefined {
    return this.opened.get(uri.toString());
  }

  /** Something has happened on a host: its open documents are asked about in a moment, once for a burst. */
  refreshSoon(connection: string): void {
    clearTimeout(this.waiting.get(connection));
    this.waiting.set(
      connection,
      setTimeout(() => void this.refresh(connection), BURST_MILLISECONDS),
    );
  }

  /** Asks the host again about all open documents of a connection: somebody has changed something there. */
  async refresh(connection: string): Promise<void> {
    const uris = vscode.workspace.textDocuments.map(({ uri }) => uri);
    await Promise.all(uris.filter((uri) => readHostUri(uri)?.connection === connection).map((uri) => this.update(uri)));
  }

  /** Brings a document that has been open for a while up to date; one with edits stays as it is. */
  async renew(uri: vscode.Uri): Promise<void> {
    if (!this.get(uri)) return;
    await this.update(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    const deadline = Date.now() + RELOAD_MILLISECONDS;
    while (!document.isDirty && document.getText() !== this.get(uri)?.xml && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { xml, version } = this.get(uri) ?? (await this.read(uri));
    const place = readHostUri(uri);
    const isReadOnly =
      place?.kind !== 'definition' || (await this.options.hostOf(place.connection))?.connection.readOnly;
    return {
      type: vscode.FileType.File,
      ctime: 0,
      mtime: version,
      size: Buffer.byteLength(xml),
      ...(isReadOnly ? { permissions: vscode.FilePermission.Readonly } : {}),
    };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const known = this.get(uri);
    const isFresh = known && Date.now() - known.readAt < FRESH_MILLISECONDS;
    const { xml, version } = isFresh ? known : await this.read(uri);
    this.keep(uri, { given: { xml, version } });
    return Buffer.from(xml);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const place = readHostUri(uri);
    if (place?.kind !== 'definition') throw vscode.FileSystemError.NoPermissions(uri);
    const key = uri.toString();
    const reason = this.reasons.get(key) ?? vscode.TextDocumentSaveReason.Manual;
    if (reason !== vscode.TextDocumentSaveReason.Manual) {
      throw new Error(vscode.l10n.t('Not defined: only saving by hand defines a VM.'));
    }
    const text = new TextDecoder().decode(content);
    const saved = await this.options.save({ uri, place, text, base: this.get(uri)?.base });
    if (!saved.ok) {
      const { message, conflict } = saved.error;
      // VS Code is still about to save it.
      if (conflict) setTimeout(() => void this.markConflict(uri, text, conflict));
      throw new Error(message);
    }
    const shown = { xml: text, version: this.get(uri)?.version ?? 1 };
    if (saved.value.status === 'elsewhere') {
      // What the host has of this VM comes back, as the edit is no edit of it any more; where it has none, the text stays.
      const asked = await this.ask(uri).catch(() => ({ xml: text }));
      this.keep(uri, { ...asked, readAt: Date.now(), shown });
      return;
    }
    const { xml, isMerged } = saved.value;
    // Who goes on typing has not seen what others changed: the next save brings that together again.
    this.keep(uri, { xml, readAt: Date.now(), shown, base: isMerged ? text : xml });
  }

  watch(): vscode.Disposable {
    return { dispose: () => undefined };
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    for (const disposable of this.disposables) disposable.dispose();
  }

  private async read(uri: vscode.Uri): Promise<Opened> {
    const asked = await this.ask(uri);
    return this.keep(uri, { ...asked, readAt: Date.now() });
  }

  /** Takes over what is known anew. */
  private keep(uri: vscode.Uri, change: Partial<Opened>): Opened {
    const opened: Opened = {
      xml: '',
      state: 'unknown',
      isSaved: false,
      version: 1,
      readAt: 0,
      ...this.get(uri),
      ...change,
    };
    this.opened.set(uri.toString(), opened);
    this.changes.fire(uri);
    return opened;
  }

  /** Lets VS Code read what the host has now. */
  private show(uri: vscode.Uri, asked: Asked): void {
    this.lastVersion += 1;
    this.keep(uri, { ...asked, version: this.lastVersion, readAt: Date.now() });
    this.fileChanges.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  /** A document that shows what VS Code has read: its edits begin from there. One that has edits is not read, and what is newer is merged. */
  private see(document: vscode.TextDocument): void {
    const { uri, isDirty } = document;
    const known = this.get(uri);
    if (!known) return;
    const { given, shown, version } = known;
    if (isDirty) {
      if (shown && version !== shown.version) this.keep(uri, { version: shown.version });
    } else if (given && given !== shown && document.getText() === given.xml) {
      this.keep(uri, { shown: given, base: given.xml });
    }
  }

  /** Whether a document has no edits. After typing while it was saved, VS Code says so until the next key. */
  private isClean(document: vscode.TextDocument): boolean {
    return !document.isDirty && document.getText() === this.get(document.uri)?.shown?.xml;
  }

  private async ask(uri: vscode.Uri): Promise<Asked> {
    const place = readHostUri(uri);
    if (!place) throw vscode.FileSystemError.FileNotFound(uri);
    if (!vscode.workspace.isTrusted) throw vscode.FileSystemError.NoPermissions(uri);
    if (place.kind === 'history') {
      const { connection, uuid, kept } = place;
      return { xml: await this.options.history.read(connection, uuid, kept), state: 'unknown', isSaved: false };
    }
    const host = await this.options.hostOf(place.connection);
    if (!host) throw vscode.FileSystemError.FileNotFound(uri);
    const { xml, ...situation } = await readDomain(host, place);
    if (!xml.ok) throw vscode.FileSystemError.Unavailable(xml.error.message);
    return { xml: xml.value, ...situation };
  }

  /** Asks again if that was some time ago. */
  private look(uri: vscode.Uri): void {
    const known = this.get(uri);
    if (known && Date.now() - known.readAt > FRESH_MILLISECONDS) void this.update(uri);
  }

  /** Shows what has changed on the host, or says that it has where edits are in the way. A host that does not answer changes nothing. */
  private async update(uri: vscode.Uri): Promise<void> {
    const asked = await this.ask(uri).catch(() => undefined);
    const known = this.get(uri);
    const document = openDocument(uri);
    if (!asked || !known || !document) return;
    if (this.isClean(document) && document.getText() !== asked.xml) this.show(uri, asked);
    else this.keep(uri, { ...asked, readAt: Date.now() });
  }

  /** A saved document shows what the host made of it, unless somebody goes on typing in it. */
  private showStored(document: vscode.TextDocument): void {
    const known = this.get(document.uri);
    if (known && this.isClean(document) && document.getText() !== known.xml) this.show(document.uri, known);
  }

  /** Marks both answers in the document. What has been typed since it was sent goes first: then the next save comes to the conflict again. */
  private async markConflict(uri: vscode.Uri, sent: string, { theirs, text }: MarkedConflict): Promise<void> {
    const document = openDocument(uri);
    if (!document) return;
    if (document.getText() === sent && (await replaceText(document, text))) {
      this.keep(uri, { xml: theirs, base: theirs, readAt: Date.now() });
      return;
    }
    tell('warning', vscode.l10n.t('You went on typing, so the conflicts are not marked yet. Save again to see them.'));
  }
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
}

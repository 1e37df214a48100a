/**
 * A VM's XML as a document of its host: the definition, which saving defines, the XML of the running guest and the definitions that were replaced, both
 * to be read only. What a document was opened with is remembered: it is the base of a merge.
 */
import * as vscode from 'vscode';
import { type DomainState, domain, type Host, type Result, type VirshFailure } from '../../../virsh/src/index.ts';
import type { History } from './history.ts';
import { HOST_SCHEME, type HostDocument, readHostUri } from './hostUri.ts';

/** What a host had when it was asked last. */
export interface Opened {
  readonly xml: string;
  readonly state: DomainState;
  /** Its memory is saved: the next start brings it back with the definition that it had then. */
  readonly isSaved: boolean;
  /** Counted when VS Code is told to read anew, and never otherwise: it would refuse to save what is older, where we merge. */
  readonly version: number;
  readonly readAt: number;
  /** VS Code has read it: it is what the document's edits began from. */
  readonly isShown: boolean;
  /** Somebody else has changed the VM since, and the document has edits that keep it from being shown. */
  readonly newer?: string;
}

type Asked = Pick<Opened, 'xml' | 'state' | 'isSaved'>;

export interface Saving {
  readonly uri: vscode.Uri;
  readonly place: HostDocument;
  readonly text: string;
  /** What the host had when the document was opened; undefined where that is not known any more. */
  readonly base: string | undefined;
}

/** The definition as the host keeps it now, or why there is none: in a sentence, with what the document is to become where that is something else. */
export type Saved = Result<string, { readonly message: string; readonly base?: string; readonly text?: string }>;

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
    const opened = isFresh ? known : await this.read(uri);
    this.opened.set(uri.toString(), { ...opened, isShown: true });
    return Buffer.from(opened.xml);
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
    const opened = this.opened.get(key);
    // Edits that VS Code has carried over from an earlier window began from a text that nobody knows any more.
    const base = opened?.isShown ? opened.xml : undefined;
    const saved = await this.options.save({ uri, place, text, base });
    if (saved.ok) {
      this.keep(uri, { xml: saved.value, isShown: true });
      return;
    }
    const { message, base: newBase, text: merged } = saved.error;
    if (newBase !== undefined) this.keep(uri, { xml: newBase, isShown: true });
    if (merged !== undefined) setTimeout(() => void replaceText(uri, merged));
    throw new Error(message);
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
    return this.keep(uri, asked);
  }

  /** Takes over what the host has now. */
  private keep(uri: vscode.Uri, asked: Partial<Opened> & Pick<Opened, 'xml'>): Opened {
    const { state = 'unknown', isSaved = false, version = 1, isShown = false } = { ...this.get(uri), ...asked };
    const opened = { xml: asked.xml, state, isSaved, version, isShown, readAt: Date.now() };
    this.opened.set(uri.toString(), opened);
    this.changes.fire(uri);
    return opened;
  }

  /** Lets VS Code read what the host has now. */
  private show(uri: vscode.Uri, asked: Asked): void {
    const opened = this.keep(uri, asked);
    this.opened.set(uri.toString(), { ...opened, version: opened.version + 1 });
    this.fileChanges.fire([{ type: vscode.FileChangeType.Changed, uri }]);
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
    const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
    if (!asked || !known || !document) return;
    if (asked.xml === known.xml || document.isDirty) {
      const { newer: _, ...same } = known;
      const isNewer = asked.xml !== known.xml;
      const { xml, ...situation } = asked;
      const next = { ...same, ...situation, readAt: Date.now(), ...(isNewer ? { newer: xml } : {}) };
      this.opened.set(uri.toString(), next);
      this.changes.fire(uri);
      return;
    }
    this.show(uri, asked);
  }

  /** A saved document shows what the host made of it. */
  private showStored(document: vscode.TextDocument): void {
    const known = this.get(document.uri);
    if (!known || known.xml === document.getText()) return;
    this.show(document.uri, known);
  }
}

/** Who may only read is shown no passwords. */
async function readDomain(
  host: Host,
  { uuid, name, kind }: HostDocument,
): Promise<Omit<Asked, 'xml'> & { readonly xml: Result<string, VirshFailure> }> {
  const isDefinition = kind === 'definition';
  const dump = domain.dumpXml(uuid, { inactive: isDefinition, secrets: isDefinition && !host.connection.readOnly });
  const batch = host.batch();
  const answers = Promise.all([
    batch.add(dump),
    batch.add(domain.listStates()),
    batch.add(domain.listWith('with-managed-save')),
  ]);
  await batch.send();
  const [xml, states, saved] = await answers;
  const state = (states.ok ? states.value.get(name) : undefined) ?? 'unknown';
  return { xml, state, isSaved: saved.ok && saved.value.has(uuid) };
}

async function replaceText(uri: vscode.Uri, text: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  await vscode.workspace.applyEdit(edit);
}

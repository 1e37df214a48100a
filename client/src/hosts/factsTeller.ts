/**
 * Tells the language server of the hosts that open documents belong to: what these have is completed, and what they lack is told. Only hosts that
 * are connected are asked, and seldom.
 */
import * as vscode from 'vscode';
import { type Host, readHostFacts } from '../../../virsh/src/index.ts';
import type { Bindings } from '../documents/bindings.ts';
import { readHostUri } from '../documents/hostUri.ts';
import type { Language } from '../language.ts';
import { isLibvirt } from '../libvirtDocuments.ts';
import type { Hosts } from './hosts.ts';

/** Afterwards they are read again, when somebody looks at a document of the host. */
const FRESH_MILLISECONDS = 5 * 60_000;
/** After a change that was made here. */
const CHANGED_MILLISECONDS = 2000;

export interface FactsTellerOptions {
  readonly hosts: Hosts;
  readonly bindings: Bindings;
  readonly language: Pick<Language, 'tellHosts'>;
  /** Something has been changed on a host, from here. */
  readonly onDidAct: vscode.Event<string>;
}

export class FactsTeller implements vscode.Disposable {
  readonly #options: FactsTellerOptions;
  /** When the facts of a connection were read, and from where: a name may come to stand for another host. */
  readonly #read = new Map<string, { readonly from: string; readonly at: number }>();
  readonly #reading = new Set<string>();
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(options: FactsTellerOptions) {
    this.#options = options;
    this.#subscriptions = [
      vscode.workspace.onDidOpenTextDocument((document) => this.#look(document)),
      vscode.workspace.onDidSaveTextDocument((document) => this.#look(document)),
      vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.#look(editor.document)),
      options.hosts.onDidChange((model) => model && this.#lookAgain(model.name)),
      options.onDidAct((name) => {
        this.#read.delete(name);
        setTimeout(() => this.#lookAgain(name), CHANGED_MILLISECONDS);
      }),
    ];
    // One of them may be why the extension has been started.
    for (const document of vscode.workspace.textDocuments) this.#look(document);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #lookAgain(name: string): void {
    if (this.#isFresh(name)) return;
    for (const document of vscode.workspace.textDocuments)
      if (this.#connectionOf(document.uri) === name) this.#look(document);
  }

  #look(document: vscode.TextDocument): void {
    const name = this.#connectionOf(document.uri);
    if (name === undefined || !vscode.workspace.isTrusted || !isLibvirt(document)) return;
    void this.#options.language.tellHosts({ documents: { [document.uri.toString()]: [name] } });
    const host = this.#hostOf(name, document.uri);
    if (host && !this.#isFresh(name)) void this.#readFrom(host);
  }

  /** A document on a host, a file that a VM there was defined from, or a new document that was written for it. */
  #connectionOf(uri: vscode.Uri): string | undefined {
    return readHostUri(uri)?.connection ?? this.#options.bindings.connectionOf(uri);
  }

  /** A document of the host has been read from it just now; for a file nobody logs in. */
  #hostOf(name: string, uri: vscode.Uri): Host | undefined {
    const model = this.#options.hosts.find(name);
    return model && (readHostUri(uri) || model.isConfirmed) ? model.host : undefined;
  }

  #isFresh(name: string): boolean {
    const read = this.#read.get(name);
    const host = this.#options.hosts.find(name)?.host;
    return read !== undefined && read.from === addressOf(host) && Date.now() - read.at < FRESH_MILLISECONDS;
  }

  async #readFrom(host: Host): Promise<void> {
    const { name } = host.connection;
    if (this.#reading.has(name)) return;
    this.#reading.add(name);
    const facts = await readHostFacts(host);
    this.#reading.delete(name);
    // One that does not answer is asked again when it has changed, or after a while.
    this.#read.set(name, { from: addressOf(host), at: Date.now() });
    if (facts.ok) await this.#options.language.tellHosts({ hosts: { [name]: facts.value } });
  }
}

function addressOf(host: Host | undefined): string {
  return JSON.stringify(host?.connection ?? null);
}

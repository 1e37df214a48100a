/** Starts the language server when the first libvirt domain is seen, and not before: other XML files cost nothing. */
import path from 'node:path';
import * as vscode from 'vscode';
import {
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  TransportKind,
} from 'vscode-languageclient/node';
import { DOMAIN_LANGUAGE, isDomainDocument } from '../../server/src/domain/recognise.ts';
import type { Log } from './log.ts';

const LANGUAGES = [DOMAIN_LANGUAGE, 'xml'];
/** The proof stands in the head of a document; a line is rarely longer than 40 characters. */
const HEAD_LINES = 120;
/** The link behind a diagnostic's code opens the page inside the editor. */
const PAGE_ADDRESS = 'command:libvirt.showRulePage?%5B%22{rule}%22%2C%22{page}%22%5D';

/** What a check of a text finds, as the server tells it. */
export interface CheckedFinding {
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly rule: string;
  readonly message: string;
}

export class Language implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private starting: Promise<LanguageClient> | undefined;
  private readonly extensionPath: string;
  private readonly log: Log;
  private watchers: vscode.Disposable[] = [];

  constructor(extension: vscode.ExtensionContext, log: Log) {
    this.extensionPath = extension.extensionPath;
    this.log = log;
  }

  /** Looks at what is open and at what will be, until a domain is among it. */
  watch(): void {
    const look = (document: vscode.TextDocument): void => {
      if (isDomain(document)) void this.ready().catch((fault) => this.log.error(String(fault)));
    };
    this.watchers.push(
      vscode.workspace.onDidOpenTextDocument(look),
      vscode.workspace.onDidChangeTextDocument(({ document }) => look(document)),
    );
    vscode.workspace.textDocuments.forEach(look);
  }

  get isRunning(): boolean {
    return this.client?.isRunning() ?? false;
  }

  /** The findings of a text, whether it is open or not. */
  async check(text: string): Promise<readonly CheckedFinding[]> {
    const client = await this.ready();
    return client.sendRequest<CheckedFinding[]>('virtlint/check', { text });
  }

  /** The Markdown page of a rule, or null where there is none. */
  async page(page: string): Promise<string | null> {
    const client = await this.ready();
    return client.sendRequest<string | null>('virtlint/rulePage', { page });
  }

  private ready(): Promise<LanguageClient> {
    this.starting ??= this.start();
    return this.starting;
  }

  private async start(): Promise<LanguageClient> {
    for (const watcher of this.watchers.splice(0)) watcher.dispose();
    const module = path.join(this.extensionPath, 'dist', 'server.js');
    const server: ServerOptions = { module, transport: TransportKind.ipc };
    const options: LanguageClientOptions = {
      documentSelector: LANGUAGES.map((language) => ({ language })),
      initializationOptions: { pageAddress: PAGE_ADDRESS },
      outputChannel: this.log,
      diagnosticCollectionName: 'virtlint',
    };
    const client = new LanguageClient('virtlint', 'Virtlint', server, options);
    this.client = client;
    await client.start();
    return client;
  }

  dispose(): void {
    for (const watcher of this.watchers) watcher.dispose();
    void this.client?.dispose();
  }
}

/** Whether an editor's document is a libvirt domain; reads its head only. */
export function isDomain(document: vscode.TextDocument): boolean {
  if (!LANGUAGES.includes(document.languageId)) return false;
  return isDomainDocument(document.languageId, document.getText(new vscode.Range(0, 0, HEAD_LINES, 0)));
}

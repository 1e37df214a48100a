/** Starts the language server when the first of libvirt's documents is seen, and not before: other XML files cost nothing. */
import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import type { HostFacts } from '../../server/src/host/facts.ts';
import type { Answers } from '../../server/src/newDomain/answers.ts';
import { asksToCloseTags, closeTags } from './closeTags.ts';
import { readHostUri } from './documents/hostUri.ts';
import { SHOWN_SCHEME } from './documents/memoryDocuments.ts';
import { RULE_PAGE_ADDRESS } from './documents/rulePages.ts';
import { isLibvirt, LANGUAGES, onFirstLibvirtDocument } from './libvirtDocuments.ts';
import type { Log } from './log.ts';
import { PROJECT_FILE, ProjectFileTeller } from './projectFileTeller.ts';
import { confirmRefactoring } from './refactoring.ts';
import { SHOW_REFERENCES, showReferences } from './showReferences.ts';
import { followXmlElsewhere, xmlElsewhere } from './xmlElsewhere.ts';

/** Documents that only show something, here and in version control: a problem in one of them is nobody's to mend. */
const QUIET_SCHEMES: readonly string[] = [SHOWN_SCHEME, 'git'];

/** What the server is told of: hosts by their connections' names, and the names for each document. */
export interface ToldHosts {
  readonly hosts?: Readonly<Record<string, HostFacts>>;
  readonly documents?: Readonly<Record<string, readonly string[]>>;
}

/** What a check of a text finds, as the server tells it. */
export interface CheckedFinding {
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly rule: string;
  readonly message: string;
}

/** How a server runs: as a process, or as a worker of a browser. */
export interface ServerKind {
  /** The client of a server that is still to be started. */
  readonly client: (options: LanguageClientOptions) => Promise<BaseLanguageClient>;
  /** The scheme of documents beside which the server reads files itself. */
  readonly reads?: string;
}

export class Language {
  private client: Promise<BaseLanguageClient> | undefined;
  private watching: vscode.Disposable | undefined;
  private projectFiles: ProjectFileTeller | undefined;
  /** The command behind the lenses. */
  private provided: vscode.Disposable | undefined;
  /** What listens to the editor for a running server. */
  private following: vscode.Disposable | undefined;

  constructor(
    private readonly server: ServerKind,
    private readonly log: Log,
  ) {}

  /** Waits for the first of libvirt's documents. */
  watch(): void {
    this.watching = onFirstLibvirtDocument(() => void this.ready().catch((fault) => this.log.error(String(fault))));
  }

  /** The findings of a text, whether it is open or not, as if it stood in the file: by the settings of its project. */
  async check(text: string, file: vscode.Uri): Promise<readonly CheckedFinding[]> {
    return (await this.ready()).sendRequest<CheckedFinding[]>('virtlint/check', { text, uri: file.toString() });
  }

  /** The document of a new VM, and the command that makes its disk; null where the answers are none. */
  async newDomain(answers: Answers): Promise<{ readonly text: string; readonly makeDisk: string | null } | null> {
    return (await this.ready()).sendRequest('virtlint/newDomain', answers);
  }

  /** The Markdown page of a rule, or null where there is none. */
  async page(page: string): Promise<string | null> {
    return (await this.ready()).sendRequest<string | null>('virtlint/rulePage', { page });
  }

  /** What the hosts that documents belong to have and lack. */
  async tellHosts(told: ToldHosts): Promise<void> {
    await (await this.ready()).sendNotification('virtlint/hosts', told);
  }

  /** The libvirt releases whose schemas the server knows, oldest first. */
  async releases(): Promise<readonly string[]> {
    return (await this.ready()).sendRequest<string[]>('virtlint/releases');
  }

  async stop(): Promise<void> {
    this.watching?.dispose();
    this.provided?.dispose();
    this.following?.dispose();
    this.projectFiles?.dispose();
    // A server that did not start has been logged, and has nothing to end.
    await this.client?.then(
      (client) => client.dispose(),
      () => undefined,
    );
  }

  /** A server that could not be started is tried again the next time that somebody needs it. */
  private ready(): Promise<BaseLanguageClient> {
    this.watching?.dispose();
    this.client ??= this.start().catch((fault) => {
      this.client = undefined;
      throw fault;
    });
    return this.client;
  }

  private async start(): Promise<BaseLanguageClient> {
    const elsewhere = xmlElsewhere();
    const options: LanguageClientOptions = {
      documentSelector: [...LANGUAGES.map((language) => ({ language })), { pattern: `**/${PROJECT_FILE}` }],
      initializationOptions: () => ({
        pageAddress: RULE_PAGE_ADDRESS,
        showReferences: SHOW_REFERENCES,
        xmlElsewhere: elsewhere,
        ...serverSettings(),
      }),
      synchronize: {
        configurationSection: [
          'targetVersion',
          'profile',
          'severity',
          'options',
          'schema',
          'hostFacts',
          'workspaceDiagnostics',
          'codeLens',
          'inlayHints',
        ].map((name) => `libvirt.${name}`),
      },
      outputChannel: this.log,
      diagnosticCollectionName: 'virtlint',
      diagnosticPullOptions: { onChange: true },
      middleware: {
        executeCommand: confirmRefactoring,
        // What lies on the disk is nobody's business in a folder that nobody has vouched for.
        provideDocumentLinks: (document, token, next) => (vscode.workspace.isTrusted ? next(document, token) : []),
        provideDiagnostics: (document, previous, token, next) =>
          isToldElsewhere('uri' in document ? document.uri : document) ? undefined : next(document, previous, token),
        handleDiagnostics: (uri, diagnostics, next) => next(uri, isToldElsewhere(uri) ? [] : diagnostics),
      },
    };
    const client = await this.server.client(options);
    this.provided ??= vscode.commands.registerCommand(SHOW_REFERENCES, showReferences);
    client.registerFeature(asksToCloseTags);
    await client.start();
    this.following = vscode.Disposable.from(followXmlElsewhere(client, elsewhere), closeTags(client, isLibvirt));
    const reads = (document: vscode.TextDocument) => document.uri.scheme === this.server.reads;
    this.projectFiles = new ProjectFileTeller(client, (document) => isLibvirt(document) && !reads(document));
    return client;
  }
}

/** Whether somebody else tells what is wrong with a document: of an open project file VS Code does, by our JSON schema. */
function isToldElsewhere(uri: vscode.Uri): boolean {
  const place = readHostUri(uri);
  if (QUIET_SCHEMES.includes(uri.scheme) || (place && place.kind !== 'definition')) return true;
  const isOpen = vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());
  return isOpen && uri.path.endsWith(`/${PROJECT_FILE}`);
}

/** What the server is told at its start; changes reach it by themselves. */
function serverSettings(): object {
  const libvirt = vscode.workspace.getConfiguration('libvirt');
  const told = {
    targetVersion: libvirt.get('targetVersion'),
    profile: libvirt.get('profile'),
    severity: libvirt.get('severity'),
    options: libvirt.get('options'),
    schema: { path: libvirt.get('schema.path') },
    hostFacts: libvirt.get('hostFacts'),
    workspaceDiagnostics: libvirt.get('workspaceDiagnostics'),
    codeLens: libvirt.get('codeLens'),
    inlayHints: libvirt.get('inlayHints'),
  };
  // VS Code's settings are proxies, which a message to a worker cannot carry.
  return JSON.parse(JSON.stringify(told));
}

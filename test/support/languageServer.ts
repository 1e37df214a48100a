/** The built language server as an editor meets it: a process of its own, LSP over its standard streams. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { after } from 'node:test';
import {
  type ClientCapabilities,
  type CodeAction,
  type CompletionItem,
  createProtocolConnection,
  type Diagnostic,
  type DocumentSymbol,
  type Hover,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type RegistrationParams,
  StreamMessageReader,
  StreamMessageWriter,
  type UnregistrationParams,
} from 'vscode-languageserver/node';
import { ROOT } from './root.ts';

const PATIENCE_MILLISECONDS = 10_000;

/** Servers that a failed test has left: the file of tests would wait for their end. */
const running = new Set<ChildProcess>();
if (process.env.NODE_TEST_CONTEXT)
  after(() => {
    for (const child of running) child.kill();
  });

/** The server that the build has made. */
/** Starts the server that `npm run build` makes. */
export const builtServer: readonly string[] = [process.execPath, path.join(ROOT, 'dist/server.js'), '--stdio'];

export interface ClientKind {
  /** The language of the editor. */
  readonly locale?: string;
  /** How the server is started, if not from the build. */
  readonly command?: readonly string[];
  /** The client takes edits with document versions. */
  readonly documentChanges?: boolean;
  readonly snippets?: boolean;
  readonly initializationOptions?: unknown;
  /** What a client that can be asked for its configuration answers. */
  readonly configuration?: unknown;
  /** The client can be asked to watch files. */
  readonly watchesFiles?: boolean;
  /** What else the client can do. */
  readonly capabilities?: ClientCapabilities;
  /** The command loads a script that answers messages of this process. */
  readonly isProbed?: boolean;
  /** The folders that it has open, as URIs. */
  readonly folders?: readonly string[];
}

export class LanguageServer {
  readonly process: ChildProcess;
  readonly connection: ProtocolConnection;
  initialized: InitializeResult | undefined;
  private readonly published: PublishDiagnosticsParams[] = [];
  /** What the server has shown to the user so far. */
  readonly messages: string[] = [];
  /** The globs that the client was asked to watch. */
  readonly watched: string[] = [];
  /** What was registered after the start: by method, the options. */
  readonly registered = new Map<string, unknown>();
  private readonly waiting = new Set<() => void>();

  private constructor([program = '', ...args]: readonly string[], isProbed: boolean) {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit', ...(isProbed ? (['ipc'] as const) : [])] });
    if (!child.stdout || !child.stdin) throw new Error('the server has no standard streams');
    this.process = child;
    running.add(child);
    child.once('exit', () => running.delete(child));
    this.connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.push(params);
      this.heard();
    });
    this.connection.onNotification('window/showMessage', ({ message }: { message: string }) => {
      this.messages.push(message);
      this.heard();
    });
    this.connection.listen();
  }

  /** Starts a server and initializes it. */
  static async start(kind: ClientKind = {}): Promise<LanguageServer> {
    const server = new LanguageServer(kind.command ?? builtServer, kind.isProbed === true);
    const {
      documentChanges = true,
      snippets = true,
      initializationOptions,
      locale,
      configuration,
      watchesFiles = false,
      capabilities = {},
      folders = [],
    } = kind;
    server.connection.onRequest('client/registerCapability', ({ registrations }: RegistrationParams) => {
      for (const { method, registerOptions } of registrations) {
        server.registered.set(method, registerOptions);
        for (const { globPattern } of registerOptions?.watchers ?? []) server.watched.push(String(globPattern));
      }
      server.heard();
    });
    server.connection.onRequest('client/unregisterCapability', ({ unregisterations }: UnregistrationParams) => {
      for (const { method } of unregisterations) server.registered.delete(method);
    });
    server.connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
      items.map(() => configuration),
    );
    server.initialized = await server.connection.sendRequest<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri: null,
      ...(locale !== undefined && { locale }),
      workspaceFolders: folders.map((uri) => ({ uri, name: uri })),
      initializationOptions,
      capabilities: {
        experimental: capabilities.experimental,
        workspace: {
          ...capabilities.workspace,
          workspaceEdit: { documentChanges, ...capabilities.workspace?.workspaceEdit },
          configuration: configuration !== undefined,
          didChangeWatchedFiles: { dynamicRegistration: watchesFiles },
        },
        textDocument: {
          ...capabilities.textDocument,
          completion: { completionItem: { snippetSupport: snippets } },
        },
      },
    });
    await server.connection.sendNotification('initialized', {});
    return server;
  }

  /** Opens a document and waits for its diagnostics. */
  async open(uri: string, text: string, languageId = 'xml'): Promise<Diagnostic[]> {
    await this.openSilently(uri, text, languageId);
    return this.diagnostics(uri, 1);
  }

  /** Opens a document of which no diagnostics are expected. */
  async openSilently(uri: string, text: string, languageId = 'xml'): Promise<void> {
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  /** Replaces the whole text and waits for the diagnostics of the new version. */
  async change(uri: string, version: number, text: string): Promise<Diagnostic[]> {
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ text }],
    });
    return this.diagnostics(uri, version);
  }

  /** The diagnostics of one version of a document, once they come. */
  diagnostics(uri: string, version: number): Promise<Diagnostic[]> {
    return this.heardOf(`diagnostics of ${uri}, version ${version}`, () => {
      return this.published.findLast((one) => one.uri === uri && one.version === version)?.diagnostics;
    });
  }

  /** The next diagnostics of a document after those that were published so far. */
  nextDiagnostics(uri: string): Promise<Diagnostic[]> {
    const before = this.publishedFor(uri).length;
    return this.heardOf(`further diagnostics of ${uri}`, () => this.publishedFor(uri)[before]?.diagnostics);
  }

  /** The diagnostics of a document that was published of its own accord: the newest, or the first to come. */
  anyDiagnostics(uri: string): Promise<Diagnostic[]> {
    return this.heardOf(`diagnostics of ${uri}`, () => this.publishedFor(uri).at(-1)?.diagnostics);
  }

  /** Tells other settings, as an editor does when they are changed; `libvirt` is the section. */
  configure(libvirt: unknown): Promise<void> {
    return this.connection.sendNotification('workspace/didChangeConfiguration', { settings: { libvirt } });
  }

  /** A message that the server shows to the user, counted from 1. */
  message(number = 1): Promise<string> {
    return this.heardOf('message', () => this.messages[number - 1]);
  }

  /** A glob that the server wants to be watched. */
  watching(): Promise<string> {
    return this.heardOf('wish to watch files', () => this.watched[0]);
  }

  /** The options with which a method is registered, as soon as they are what is expected. */
  registration(method: string, isExpected: (options: unknown) => boolean): Promise<unknown> {
    return this.heardOf(`registration of ${method}`, () => {
      const options = this.registered.get(method);
      return isExpected(options) ? options : undefined;
    });
  }

  /** Tells that a file was changed on the disk. */
  fileChanged(uri: string): Promise<void> {
    return this.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
  }

  private heard(): void {
    for (const resume of this.waiting) resume();
    this.waiting.clear();
  }

  private async heardOf<Answer>(what: string, find: () => Answer | undefined): Promise<Answer> {
    const deadline = Date.now() + PATIENCE_MILLISECONDS;
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`no ${what}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.waiting.add(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** Everything published for a document so far. */
  publishedFor(uri: string): readonly PublishDiagnosticsParams[] {
    return this.published.filter((one) => one.uri === uri);
  }

  /** Forgets what was published so far: a long run would keep it all. */
  forgetPublished(): void {
    this.published.length = 0;
  }

  hover(uri: string, position: Position): Promise<Hover | null> {
    return this.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position });
  }

  completion(uri: string, position: Position): Promise<CompletionItem[]> {
    return this.connection.sendRequest('textDocument/completion', { textDocument: { uri }, position });
  }

  symbols(uri: string): Promise<DocumentSymbol[]> {
    return this.connection.sendRequest('textDocument/documentSymbol', { textDocument: { uri } });
  }

  codeActions(uri: string, diagnostic: Diagnostic): Promise<CodeAction[]> {
    return this.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri },
      range: diagnostic.range,
      context: { diagnostics: [diagnostic], only: ['quickfix'] },
    });
  }

  /** Ends the server as an editor does; resolves to its exit status. */
  async stop(): Promise<number | null> {
    const exit = once(this.process, 'exit');
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const [status] = await exit;
    this.connection.dispose();
    return typeof status === 'number' ? status : null;
  }
}

/** Takes the cursor mark `|` out of a text; the offset and LSP position where it stood. */
export function atCursor(marked: string): { text: string; position: Position } {
  const offset = marked.indexOf('|');
  if (offset < 0) throw new Error('no | in the text');
  const before = marked.slice(0, offset);
  const line = before.split('\n').length - 1;
  return {
    text: before + marked.slice(offset + 1),
    position: { line, character: offset - (before.lastIndexOf('\n') + 1) },
  };
}

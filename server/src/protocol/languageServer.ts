/** Speaks LSP for the core: which capabilities there are, and which feature answers what. */
import {
  type CodeAction,
  CodeActionKind,
  type CompletionItem,
  type Connection,
  type DocumentSymbol,
  type Hover,
  type InitializeParams,
  type InitializeResult,
  MessageType,
  ShowMessageNotification,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { checkText } from '../check.ts';
import { codeActions } from '../features/codeActions.ts';
import { completion } from '../features/completion.ts';
import { hover } from '../features/hover.ts';
import { documentSymbols } from '../features/symbols.ts';
import { knownReleases } from '../grammar/builtIn.ts';
import type { RefactoringFacts } from '../refactorings/refactoring.ts';
import { toCodeAction, toDiagnostic, toDocumentSymbol, toRange } from './convert.ts';
import { toCompletionItem } from './convertCompletion.ts';
import { OpenDocuments } from './documents.ts';
import { GrammarSettings, type OpenSchemas } from './grammarSettings.ts';
import { guarded } from './guard.ts';
import { HostSettings, type OpenHostLayout } from './hostSettings.ts';
import { initializationOptions } from './initializationOptions.ts';
import { addressByPattern, type PageAddress, repositoryAddress } from './pageAddress.ts';
import { Publisher } from './publisher.ts';
import { REFACTOR_COMMAND, refactor, refactorActions } from './refactoring.ts';
import { type Settings, settings, valueIn } from './settings.ts';

export interface ServerParts {
  readonly version: string;
  /** The Markdown page of an id, or undefined where there is none. How it is read is the door's affair. */
  readonly readPage: (page: string) => string | undefined;
  readonly openSchemas: OpenSchemas;
  /** Reads what `virsh capabilities` printed; how is the door's affair. */
  readonly openHostLayout: OpenHostLayout;
}

/** The page behind a diagnostic's code: {page} → Markdown or null. */
const RULE_PAGE_REQUEST = 'virtlint/rulePage';
/** The findings of a text that need not be open: {text} → [{severity, rule, message}]. */
const CHECK_REQUEST = 'virtlint/check';

/** The libvirt releases that a target can be: → [release], oldest first. */
const RELEASES_REQUEST = 'virtlint/releases';

/** Wires a connection to the core and starts to listen. */
export function startLanguageServer(connection: Connection, parts: ServerParts): void {
  const documents = new TextDocuments(TextDocument);
  const opened = new OpenDocuments();
  let address: PageAddress = repositoryAddress;
  let versionedEdits = false;
  let snippets = false;
  /** The client can be asked for its configuration. */
  let answersQuestions = false;
  let given: Settings = {};
  /** Documents whose diagnostics the client holds. */
  const shown = new Set<string>();
  const log = connection.console;

  const publisher = new Publisher((document, when) => {
    const open = opened.read(document);
    // A file that is not ours is told of only once it has stopped to be ours.
    if (!open && !shown.delete(document.uri)) return true;
    if (open) shown.add(document.uri);
    const atOnce = when === 'at-once' ? open?.findingsAtOnce : undefined;
    const findings = atOnce ? atOnce.findings : (open?.findings ?? []);
    const diagnostics = findings.map((finding) => toDiagnostic(document, finding, address));
    void connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics });
    return atOnce?.isWhole ?? true;
  }, log);

  const find = (params: { textDocument: { uri: string } }) => opened.read(documents.get(params.textDocument.uri));

  const warn = (message: string): void => {
    log.warn(message);
    // A notification, which every client takes; the library's showWarningMessage is a request.
    void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
  };
  const grammarSettings = new GrammarSettings(parts.openSchemas, warn);
  const hostSettings = new HostSettings(parts.openHostLayout, warn);
  let facts: RefactoringFacts = {};
  const apply = (given: Settings): void => {
    opened.choice = grammarSettings.choice(given);
    facts = hostSettings.facts(given);
    for (const document of documents.all()) publisher.changed(document);
  };

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    const options = initializationOptions(params.initializationOptions);
    if (options.pageAddress !== undefined) address = addressByPattern(options.pageAddress);
    given = options.settings;
    answersQuestions = params.capabilities.workspace?.configuration === true;
    versionedEdits = params.capabilities.workspace?.workspaceEdit?.documentChanges === true;
    snippets = params.capabilities.textDocument?.completion?.completionItem?.snippetSupport === true;
    return {
      serverInfo: { name: 'virtlint', version: parts.version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        hoverProvider: true,
        completionProvider: { triggerCharacters: ['<', ' ', '"', "'", '/'] },
        documentSymbolProvider: { label: 'libvirt' },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite] },
        executeCommandProvider: { commands: [REFACTOR_COMMAND] },
      },
    };
  });

  // Before this a server must not speak to the user.
  connection.onInitialized(() => apply(given));
  connection.onDidChangeConfiguration(
    guarded(log, 'configuration', undefined, (params) => {
      const told = valueIn(params.settings, 'libvirt');
      if (told !== undefined) apply(settings(told));
      else if (answersQuestions)
        void connection.workspace.getConfiguration('libvirt').then(
          (answer: unknown) => apply(settings(answer)),
          (fault) => log.error(`configuration: ${String(fault)}`),
        );
    }),
  );

  documents.onDidChangeContent(({ document }) => publisher.changed(document));
  documents.onDidClose(({ document }) => {
    publisher.closed(document);
    opened.forget(document.uri);
    if (shown.delete(document.uri)) void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });

  connection.onHover(
    guarded(log, 'hover', null, (params): Hover | null => {
      const domain = find(params);
      const answer = domain && hover(domain.xml, domain.document.offsetAt(params.position));
      return answer
        ? { contents: { kind: 'markdown', value: answer.markdown }, range: toRange(domain.document, answer.span) }
        : null;
    }),
  );

  connection.onCompletion(
    guarded(log, 'completion', [], (params): CompletionItem[] => {
      const domain = find(params);
      if (!domain) return [];
      const items = completion(domain.xml, domain.document.offsetAt(params.position));
      return items.map((item, index) => toCompletionItem(domain.document, item, index, snippets));
    }),
  );

  connection.onDocumentSymbol(
    guarded(log, 'documentSymbol', [], (params): DocumentSymbol[] => {
      const domain = find(params);
      return domain ? documentSymbols(domain.xml).map((symbol) => toDocumentSymbol(domain.document, symbol)) : [];
    }),
  );

  connection.onCodeAction(
    guarded(log, 'codeAction', [], (params): CodeAction[] => {
      const domain = find(params);
      if (!domain) return [];
      const wants = (kind: string): boolean =>
        params.context.only?.some((only) => only === '' || kind === only || kind.startsWith(`${only}.`)) ?? true;
      const span = {
        start: domain.document.offsetAt(params.range.start),
        end: domain.document.offsetAt(params.range.end),
      };
      const fixes = wants(CodeActionKind.QuickFix) ? codeActions(domain.findings, span) : [];
      return [
        ...fixes.map((action) => toCodeAction(domain.document, action, address, versionedEdits)),
        ...(wants(CodeActionKind.RefactorRewrite) ? refactorActions(domain, span.start, facts) : []),
      ];
    }),
  );

  connection.onExecuteCommand(({ command, arguments: given = [] }) =>
    command === REFACTOR_COMMAND
      ? refactor(connection, given[0], (uri) => opened.read(documents.get(uri)), facts)
      : undefined,
  );

  connection.onRequest(
    RULE_PAGE_REQUEST,
    guarded(log, RULE_PAGE_REQUEST, null, ({ page }: { page: string }) => parts.readPage(page) ?? null),
  );

  connection.onRequest(
    CHECK_REQUEST,
    guarded(log, CHECK_REQUEST, [], ({ text }: { text: string }) =>
      checkText(text, opened.choice).map(({ severity, rule, message }) => ({ severity, rule, message })),
    ),
  );

  connection.onRequest(RELEASES_REQUEST, guarded(log, RELEASES_REQUEST, [], knownReleases));

  documents.listen(connection);
  connection.listen();
}

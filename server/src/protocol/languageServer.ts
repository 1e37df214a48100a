/** Speaks LSP for the core: which capabilities there are, and which feature answers what. */
import {
  type ClientCapabilities,
  type CodeAction,
  CodeActionKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  MessageType,
  type ServerCapabilities,
  ShowMessageNotification,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type CodeAction as Action, codeActions, suppressingActions } from '../features/codeActions.ts';
import type { Finding } from '../finding.ts';
import { chooseLanguage, languageOf } from '../l10n/languages.ts';
import { say } from '../l10n/say.ts';
import { type EditSupport, toCodeAction, toDiagnostic } from './convert.ts';
import type { DiagnosedDocuments, DocumentDiagnostics } from './diagnostics/documentDiagnostics.ts';
import { PulledDiagnostics, pullCapability } from './diagnostics/pulled.ts';
import { PushedDiagnostics } from './diagnostics/pushed.ts';
import { WorkspaceReports } from './diagnostics/workspaceReports.ts';
import { OpenDocuments } from './documents.ts';
import { GrammarSettings, type OpenSchemas } from './grammarSettings.ts';
import { guarded } from './guard.ts';
import { KnownHosts, type OpenHostFacts } from './hosts.ts';
import { initializationOptions } from './initializationOptions.ts';
import { answerOwnRequests } from './ownRequests.ts';
import { addressByPattern, type PageAddress, repositoryAddress } from './pageAddress.ts';
import { type ProjectFileDoor, ProjectFiles } from './projectFiles.ts';
import { REFACTOR_COMMAND, refactor, refactorActions } from './refactoring.ts';
import { documentActions, requestGroups } from './requests/index.ts';
import type { RequestContext } from './requests/requestGroup.ts';
import { defaultSettings, type Settings, settings, valueIn } from './settings.ts';
import { SharedFeatures } from './sharedFeatures.ts';
import { canWatchFiles, watchFiles } from './watchedFiles.ts';
import { type FileReading, readWorkspaceFile } from './workspace/fileReading.ts';
import { followFolders, workspaceFolders } from './workspace/folders.ts';
import { mentionsElsewhere, notOpen } from './workspace/mentions.ts';
import { type WorkspaceDoor, WorkspaceFiles } from './workspace/workspaceFiles.ts';
import { isOurs, readXmlElsewhere, type XmlElsewhere, type XmlFeature } from './xmlElsewhere.ts';

export interface ServerParts {
  readonly version: string;
  /** The Markdown page of an id, or undefined where there is none. How it is read is the door's affair. */
  readonly readPage: (page: string) => string | undefined;
  readonly openSchemas: OpenSchemas;
  readonly openHostFacts: OpenHostFacts;
  readonly projectFiles: ProjectFileDoor;
  readonly workspace: WorkspaceDoor;
  /** The URI of a file on this machine, or undefined where there is none of this path. */
  readonly localFile: (path: string) => Promise<string | undefined>;
}

/** What other extensions give for plain XML has changed: {features: [name]}. */
const XML_ELSEWHERE_NOTIFICATION = 'virtlint/xmlElsewhere';

/** Wires a connection to the core and starts to listen. */
export function startLanguageServer(connection: Connection, parts: ServerParts): void {
  const log = connection.console;
  const documents = new TextDocuments(TextDocument);
  const projectFiles = new ProjectFiles(
    parts.projectFiles,
    (uri) => documents.get(uri),
    (document, findings) => tell(document, findings),
  );
  const warn = (message: string): void => {
    log.warn(message);
    // A notification, which every client takes; the library's showWarningMessage is a request.
    void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
  };
  const hosts = new KnownHosts(parts.openHostFacts, warn);
  const opened = new OpenDocuments(
    (uri) => projectFiles.configurationOf(uri),
    (uri) => hosts.of(uri),
  );
  let address: PageAddress = repositoryAddress;
  let editSupport: EditSupport = { versioned: false, snippets: false };
  /** The client can be asked for its configuration. */
  let answersQuestions = false;
  let given: Settings = defaultSettings;
  let client: ClientCapabilities = {};
  let showReferences: string | undefined;
  let elsewhere: XmlElsewhere = new Set();
  const sharedFeatures = new SharedFeatures(connection, log);
  let watchesFiles = false;
  let folders: readonly string[] = [];

  const gives = ({ languageId }: TextDocument, feature: XmlFeature) => isOurs(elsewhere, languageId, feature);
  const toDiagnostics = (document: TextDocument, findings: readonly Finding[]) =>
    findings
      .filter(({ rule }) => !rule.startsWith('xml/') || gives(document, 'syntax'))
      .map((finding) => toDiagnostic(document, finding, address));
  const tell = (document: TextDocument, findings: readonly Finding[]): void => {
    const told = toDiagnostics(document, findings);
    void connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics: told });
  };

  const workspace = new WorkspaceFiles<FileReading>(parts.workspace, readWorkspaceFile);
  const workspaceFiles = () => {
    if (!watchesFiles) workspace.changed();
    return workspace.files();
  };
  const diagnosed: DiagnosedDocuments = {
    connection,
    log,
    all: () => documents.all(),
    read: (document) => opened.read(document),
    tellsProjectFile: (document) => {
      const isOne = ProjectFiles.isProjectFile(document.uri);
      if (isOne) projectFiles.findingsOf(document);
      return isOne;
    },
    toDiagnostics,
  };
  const reports = new WorkspaceReports({
    list: async () => (given.workspaceDiagnostics ? notOpen(await workspaceFiles(), documents.keys()) : []),
    isOpen: (uri) => documents.get(uri) !== undefined,
    check: async (uri) => {
      const text = await parts.workspace.read(uri);
      return text === undefined
        ? undefined
        : toDiagnostics(TextDocument.create(uri, 'xml', 0, text), opened.check(text, uri));
    },
  });
  let diagnostics: DocumentDiagnostics = new PushedDiagnostics(diagnosed);

  const find: RequestContext['find'] = (params, feature) => {
    const document = documents.get(params.textDocument.uri);
    return document && feature && !gives(document, feature) ? undefined : opened.read(document);
  };
  const context: RequestContext = {
    connection,
    log,
    find,
    all: () => documents.all().flatMap((document) => opened.read(document) ?? []),
    versionOf: (uri) => documents.get(uri)?.version ?? null,
    localFile: parts.localFile,
    check: (text, uri) => opened.check(text, uri),
    get showReferences() {
      return showReferences;
    },
    filesNotOpen: async () => notOpen(await workspaceFiles(), documents.keys()),
    // Open documents are looked at last: while files are read, they change.
    elsewhere: (uri) => workspaceFiles().then((files) => mentionsElsewhere(uri, context.all(), files)),
    get client() {
      return client;
    },
    get settings() {
      return given;
    },
  };

  const grammarSettings = new GrammarSettings(parts.openSchemas, warn);
  const apply = (told: Settings): void => {
    given = told;
    opened.choice = grammarSettings.choice(given);
    hosts.apply(given, folders[0]);
    projectFiles.own = given.rules;
    for (const group of requestGroups) group.settingsChanged?.(context);
    diagnostics.allChanged();
  };
  const projectFilesChanged = (): void => {
    projectFiles.changed();
    opened.readAnew();
    diagnostics.allChanged();
  };
  parts.projectFiles.onChanged?.(projectFilesChanged);

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    const options = initializationOptions(params.initializationOptions);
    chooseLanguage(languageOf(options.language ?? params.locale));
    if (options.pageAddress !== undefined) address = addressByPattern(options.pageAddress);
    given = options.settings;
    showReferences = options.showReferences;
    elsewhere = options.xmlElsewhere ?? elsewhere;
    client = params.capabilities;
    watchesFiles = canWatchFiles(params.capabilities);
    folders = workspaceFolders(params);
    workspace.folders = folders;
    const pulls = client.textDocument?.diagnostic !== undefined;
    const canRefresh = client.workspace?.diagnostics?.refreshSupport === true;
    if (pulls) diagnostics = new PulledDiagnostics(diagnosed, reports, canRefresh);
    answersQuestions = params.capabilities.workspace?.configuration === true;
    const { documentChanges, snippetEditSupport } = client.workspace?.workspaceEdit ?? {};
    editSupport = { versioned: documentChanges === true, snippets: snippetEditSupport === true };
    const capabilities: ServerCapabilities = {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      codeActionProvider: {
        codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, ...documentActions.keys()],
      },
      executeCommandProvider: { commands: [REFACTOR_COMMAND] },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      ...(pulls && { diagnosticProvider: pullCapability }),
      ...Object.assign({}, ...requestGroups.map((group) => group.capabilities(client))),
    };
    return {
      serverInfo: { name: 'virtlint', version: parts.version },
      // Only a client that speaks of other extensions is known to have our names for languages.
      capabilities: options.xmlElsewhere ? sharedFeatures.announced(capabilities, client) : capabilities,
    };
  });

  // Before this a server must not speak to the user.
  connection.onInitialized(() => {
    apply(given);
    sharedFeatures.register(elsewhere);
    if (watchesFiles) watchFiles(connection);
    if (client.workspace?.workspaceFolders)
      followFolders(connection, folders, (now) => {
        workspace.folders = now;
        diagnostics.filesChanged();
      });
  });
  connection.onNotification(
    XML_ELSEWHERE_NOTIFICATION,
    guarded(log, XML_ELSEWHERE_NOTIFICATION, undefined, ({ features }: { features: unknown }) => {
      elsewhere = readXmlElsewhere(features);
      sharedFeatures.register(elsewhere);
      diagnostics.allChanged();
    }),
  );
  connection.onDidChangeWatchedFiles(
    guarded(log, say`watched files`, undefined, ({ changes }) => {
      if (changes.some(({ uri }) => ProjectFiles.isProjectFile(uri))) projectFilesChanged();
      workspace.changed();
      diagnostics.filesChanged();
    }),
  );
  connection.onDidChangeConfiguration(
    guarded(log, 'configuration', undefined, (params) => {
      const told = valueIn(params.settings, 'libvirt');
      if (told !== undefined) apply(settings(told));
      else if (answersQuestions)
        void connection.workspace.getConfiguration('libvirt').then(
          // Nothing is the answer of editors that told their settings at initialize (Eglot): these stay.
          (answer: unknown) => answer && apply(settings(answer)),
          (fault) => log.error(`configuration: ${String(fault)}`),
        );
    }),
  );

  documents.onDidOpen(({ document }) => {
    if (!watchesFiles && projectFiles.hasChangedFor(document.uri)) projectFilesChanged();
  });
  documents.onDidChangeContent(({ document }) => {
    if (ProjectFiles.isProjectFile(document.uri)) projectFilesChanged();
    else diagnostics.changed(document);
  });
  documents.onDidClose(({ document }) => {
    opened.forget(document.uri);
    hosts.forget(document.uri);
    projectFiles.forget(document.uri);
    diagnostics.closed(document);
    if (ProjectFiles.isProjectFile(document.uri)) projectFilesChanged();
  });

  connection.onCodeAction(
    guarded(log, 'codeAction', [], (params): CodeAction[] => {
      const document = documents.get(params.textDocument.uri);
      if (!document) return [];
      const wants = (kind: string): boolean =>
        params.context.only?.some((only) => only === '' || kind === only || kind.startsWith(`${only}.`)) ?? true;
      const fixes = wants(CodeActionKind.QuickFix);
      const span = { start: document.offsetAt(params.range.start), end: document.offsetAt(params.range.end) };
      const toLsp = (action: Action): CodeAction => toCodeAction(document, action, address, editSupport);
      if (ProjectFiles.isProjectFile(document.uri))
        return fixes ? codeActions(projectFiles.findingsOf(document), span).map(toLsp) : [];
      const domain = opened.read(document);
      if (!domain) return [];
      const quick = (): Action[] => {
        const { findings, xml } = domain;
        return [...codeActions(findings, span), ...suppressingActions(findings, span, xml)];
      };
      const ofDocument = params.context.only ? [...documentActions].filter(([kind]) => wants(kind)) : [];
      return [
        ...(fixes ? quick().map(toLsp) : []),
        ...(wants(CodeActionKind.RefactorRewrite) ? refactorActions(domain, span.start) : []),
        ...ofDocument.flatMap(([, actions]) => actions(context, domain)),
      ];
    }),
  );

  connection.onExecuteCommand(({ command, arguments: given = [] }) =>
    command === REFACTOR_COMMAND ? refactor(connection, given[0], (uri) => opened.read(documents.get(uri))) : undefined,
  );

  answerOwnRequests(connection, log, parts.readPage, (text, uri) => opened.check(text, uri));

  hosts.listen(connection, () => {
    opened.readAnew();
    diagnostics.allChanged();
  });
  for (const group of requestGroups) group.listen(context);

  documents.listen(connection);
  connection.listen();
}

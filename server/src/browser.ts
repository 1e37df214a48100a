/** The door for a browser: a worker. The first message to it tells where the extension's files lie, all others are LSP. */
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  ProposedFeatures,
} from 'vscode-languageserver/browser';
import { readText, textsLieIn } from './browser/texts.ts';
import { say } from './l10n/say.ts';
import { pageReader } from './pages.ts';
import { startLanguageServer } from './protocol/languageServer.ts';
import { ToldProjectFiles } from './protocol/toldProjectFiles.ts';
import { askedFiles } from './protocol/workspace/askedFiles.ts';
import { VERSION } from './version.ts';

const withoutFiles = () => ({ ok: false, problem: say`a browser cannot read files of a machine` }) as const;

function start(): void {
  const connection = createConnection(
    ProposedFeatures.all,
    new BrowserMessageReader(self),
    new BrowserMessageWriter(self),
  );
  startLanguageServer(connection, {
    version: VERSION,
    readPage: pageReader(readText),
    openSchemas: withoutFiles,
    openHostFacts: (files) => ({ hosts: [], problems: files.length > 0 ? [withoutFiles().problem] : [] }),
    projectFiles: new ToldProjectFiles(connection),
    workspace: askedFiles(connection),
    localFile: async () => undefined,
  });
}

self.addEventListener(
  'message',
  ({ data }: MessageEvent<unknown>) => {
    textsLieIn(String(data));
    start();
  },
  { once: true },
);

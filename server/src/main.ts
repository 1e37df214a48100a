/** The door for editors: `--stdio`, or node's own channel when VS Code starts us. */
import v8 from 'node:v8';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { phrase } from './l10n/say.ts';
import { openHostFacts } from './node/hostFactsFiles.ts';
import { localFile } from './node/localFiles.ts';
import { pagesIn } from './node/pages.ts';
import { projectFileDoor } from './node/projectFileDoor.ts';
import { openSchemaFolder } from './node/schemaFolder.ts';
import { workspaceDoor } from './node/workspaceDoor.ts';
import { startLanguageServer } from './protocol/languageServer.ts';
import { ToldProjectFiles } from './protocol/toldProjectFiles.ts';
import { VERSION } from './version.ts';

/**
 * A server lives beside an editor for days. V8 would let its space for young objects grow to 48 MiB, and what a key makes needs little of
 * it: 50 open files take a fifth less memory so, and no key longer. Nor does one without the middle one of V8's compilers, which costs 3 MiB
 * (all measured).
 */
v8.setFlagsFromString('--optimize-for-size');
v8.setFlagsFromString('--no-maglev');

const HELP = phrase`virtlint language server ${VERSION}

usage: node server.js --stdio | --node-ipc | --socket=PORT
`;

if (process.argv.includes('--version')) {
  process.stdout.write(`${VERSION}\n`);
} else if (process.argv.includes('--help') || process.argv.length <= 2) {
  process.stdout.write(String(HELP));
  process.exitCode = process.argv.includes('--help') ? 0 : 2;
} else {
  const connection = createConnection(ProposedFeatures.all);
  startLanguageServer(connection, {
    version: VERSION,
    readPage: pagesIn(__dirname),
    openSchemas: openSchemaFolder,
    openHostFacts,
    projectFiles: projectFileDoor(new ToldProjectFiles(connection)),
    workspace: workspaceDoor,
    localFile,
  });
}

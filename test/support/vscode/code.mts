#!/usr/bin/env node
/**
 * Stands in for the desktop `code` executable under @vscode/test-electron: takes the same flags, but its window is headless
 * Chromium on a VS Code server. For a test, `uiKind` is Web and `remoteName` is set; all else is as on the desktop.
 */
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseFlags } from './flags.mts';
import { runServerCli, serverObstacle, startServer } from './server.mts';
import { quietSettings, seedSettings } from './settings.mts';
import { browserObstacle, launchBrowser, remoteUri, windowUrl } from './window.mts';

interface Ending {
  readonly status: number;
  readonly why?: string;
}

const limitMs = Number(process.env.VIRTLINT_TEST_LIMIT_MS ?? 900_000);
/** After the extension host has ended, time for the window to say how. */
const farewellMs = 8000;

const obstacle = serverObstacle() ?? browserObstacle();
if (obstacle) {
  console.error(`code: ${obstacle}`);
  process.exit(1);
}
const argv = process.argv.slice(2);
const flags = parseFlags(argv);
if (flags.isCommandLine) process.exit(await runServerCli(argv));

const scratch = mkdtempSync(path.join(os.tmpdir(), 'code-'));
const files = {
  log: path.join(scratch, 'log'),
  output: path.join(scratch, 'output'),
  verdict: path.join(scratch, 'verdict'),
};
const note = (text: string): void => appendFileSync(files.log, `[code] ${text}\n`);

let finish: (ending: Ending) => void = () => undefined;
const finished = new Promise<Ending>((resolve) => {
  finish = resolve;
});
for (const [signal, status] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.on(signal, () => finish({ status, why: signal }));
}

/** Prints what the suite has printed since the last call. */
let printed = 0;
function follow(): void {
  if (!existsSync(files.output)) return;
  const file = openSync(files.output, 'r');
  const buffer = Buffer.alloc(65_536);
  for (let length = readSync(file, buffer, 0, buffer.length, printed); length > 0; ) {
    process.stdout.write(buffer.toString('utf8', 0, length));
    printed += length;
    length = readSync(file, buffer, 0, buffer.length, printed);
  }
  closeSync(file);
}

const closers: (() => Promise<void>)[] = [];

async function open(): Promise<void> {
  const userDataDir = flags.userDataDir ?? path.join(scratch, 'user-data');
  seedSettings(userDataDir, quietSettings);
  const launching = launchBrowser(); // while the server starts
  closers.push(async () => (await launching).close());
  launching.catch(() => undefined); // awaited below; the server may fail first
  const { testsPath } = flags;
  const server = await startServer({
    userDataDir,
    extensionsDir: flags.extensionsDir ?? path.join(scratch, 'extensions'),
    tmpDir: path.join(scratch, 'tmp'),
    logFile: files.log,
    smokeDriver: true,
    args: flags.serverArguments,
    env: { VIRTLINT_BRIDGE: JSON.stringify({ testsPath, output: files.output, verdict: files.verdict }) },
  });
  closers.push(() => server.stop());
  server.gone.then(() => finish({ status: 1, why: 'the VS Code server ended' }));
  server.onLog((text) => {
    const ending = /Extension Host Process exited with code: \S+, signal: \S+/.exec(text)?.[0];
    if (ending) setTimeout(() => finish({ status: 1, why: `${ending}, without a test result` }), farewellMs).unref();
  });

  const page = await (await launching).newPage({ viewport: { width: 1280, height: 800 } });
  page.on('crash', () => finish({ status: 1, why: 'the window crashed' }));
  // The window calls these two when it was opened for tests.
  await page.exposeFunction('codeAutomationLog', (type: string, parts: readonly unknown[]) =>
    note(`${type} ${parts.join(' ')}`),
  );
  await page.exposeFunction('codeAutomationExit', (status: number) => finish({ status }));
  const remote = (file: string): string => remoteUri(server.authority, file);
  const payload = [
    ...flags.developmentPaths.map((folder) => ['extensionDevelopmentPath', remote(folder)] as const),
    ['extensionTestsPath', remote(path.join(import.meta.dirname, 'bridge.cjs'))] as const,
    ...(flags.disableExtensions ? [['disableExtensions', 'true'] as const] : []),
  ];
  await page.goto(windowUrl(server.authority, { payload, ...contentOf(flags.paths) }));
}

function contentOf(paths: readonly string[]): { folder?: string; workspace?: string; file?: string } {
  const content: ReturnType<typeof contentOf> = {};
  for (const one of paths) {
    if (one.endsWith('.code-workspace')) content.workspace = one;
    else if (statSync(one).isDirectory()) content.folder = one;
    else content.file = one;
  }
  return content;
}

const following = setInterval(follow, 100);
const limit = setTimeout(() => finish({ status: 1, why: `no end after ${limitMs} ms` }), limitMs);
open().catch((error: unknown) =>
  finish({ status: 1, why: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
);
let { status, why } = await finished;
if (status === 0 && !existsSync(files.verdict)) {
  status = 1;
  why = 'the extension host ended before the tests did';
}
clearInterval(following);
clearTimeout(limit);
follow();
if (why) {
  console.error(`code: ${why}`);
  if (existsSync(files.log))
    console.error(
      readFileSync(files.log, 'utf8')
        .trimEnd()
        .split('\n')
        .slice(-15)
        .map((line) => `  ${line.slice(0, 300)}`)
        .join('\n'),
    );
}
await Promise.allSettled(closers.map((close) => close()));
rmSync(scratch, { recursive: true, force: true });
// test-electron stops reading when we exit: let the last bytes through first.
await new Promise((resolve) => process.stdout.write('', resolve));
await new Promise((resolve) => setTimeout(resolve, 100));
process.exit(status);

/**
 * `npm run bench`: the figures of the README, measured on the built bundles. Absolute times belong to the machine; ratios are
 * taken within one run. Where libvirt's own test domains are at hand (VIRTLINT_CORPUS, a folder of *.xml) and jing is installed,
 * the command line is timed against it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkText } from '../../server/src/check.ts';
import { LanguageServer } from '../support/languageServer.ts';
import { packagedExtension } from '../support/packages.ts';
import { ROOT } from '../support/root.ts';
import { serverObstacle } from '../support/vscode/server.mts';
import { browserObstacle } from '../support/vscode/window.mts';
import { activationMilliseconds } from './activation.ts';
import { residentMegabytes, startMilliseconds } from './budgets.ts';
import { domainOf } from './documents.ts';
import { type Figure, milliseconds, quantile, time } from './figure.ts';
import { grammarFigures } from './grammarFigures.ts';

const shared = process.env.VIRTLINT_SHARED ?? path.join(ROOT, '..', 'shared');

/** Everything virtlint says of one document, warm. */
function wholeCheck(): Figure {
  const text = domainOf(300);
  const rounds = Array.from({ length: 300 }, () => time(() => checkText(text))).slice(150);
  return {
    what: 'whole check of a 300-line domain, warm',
    measured: milliseconds(quantile(rounds, 0.5)),
    target: '≤ 5 ms',
  };
}

async function keystrokes(lines: number): Promise<Figure> {
  const server = await LanguageServer.start();
  const uri = 'file:///bench.xml';
  const text = domainOf(lines);
  await server.open(uri, text);
  const line = Math.floor(text.split('\n').length / 2);
  const row = text.split('\n')[line] ?? '';
  const character = row.lastIndexOf("'");
  const rounds: number[] = [];
  for (let version = 2; version < 62; version++) {
    const range = { start: { line, character }, end: { line, character: character + (version % 2) } };
    const start = performance.now();
    await server.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range, text: version % 2 === 0 ? 'x' : '' }],
    });
    await server.diagnostics(uri, version);
    rounds.push(performance.now() - start);
  }
  await server.stop();
  return {
    what: `keystroke to diagnostics over stdio, ${lines} lines, p95`,
    measured: milliseconds(quantile(rounds.slice(5), 0.95)),
    target: '≤ 25 ms',
  };
}

async function startUp(): Promise<Figure> {
  return {
    what: 'server start to first diagnostics, best of 5',
    measured: milliseconds(await startMilliseconds(5)),
    target: '≤ 400 ms',
  };
}

async function resident(): Promise<Figure> {
  return {
    what: 'resident memory of the server with 50 open files',
    measured: process.platform === 'linux' ? `${(await residentMegabytes(50)).toFixed(0)} MB` : 'skipped: reads /proc',
    target: '< 90 MB',
  };
}

async function activation(): Promise<Figure> {
  const obstacle = serverObstacle() ?? browserObstacle();
  return {
    what: 'activation on a foreign XML file, by VS Code’s list of running extensions, best of 3',
    measured: obstacle ? `skipped: ${obstacle}` : milliseconds(await activationMilliseconds(0, 3)),
    target: '< 15 ms, no server',
  };
}

function packageSize(): Figure {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'virtlint-bench-'));
  const { size } = statSync(packagedExtension(folder));
  rmSync(folder, { recursive: true });
  return { what: 'size of the .vsix', measured: `${(size / 1e6).toFixed(2)} MB`, target: '< 2 MB' };
}

function againstJing(): Figure {
  const what = "virtlint check of libvirt's accepted test domains, whole process, against jing";
  const folder = process.env.VIRTLINT_CORPUS ?? path.join(shared, 'corpus/libvirt/accepted');
  const schema = process.env.VIRTLINT_SCHEMA ?? path.join(shared, 'corpus/schemas/12.8.0/domain.rng');
  const target = 'ratio ≤ 0.4';
  if (!existsSync(folder) || !existsSync(schema)) return { what, measured: 'skipped: no corpus at hand', target };
  if (spawnSync('jing', ['-h']).error) return { what, measured: 'skipped: jing is not installed', target };
  const files = globSync('*.xml', { cwd: folder }).map((file) => path.join(folder, file));
  const ours: number[] = [];
  const jing: number[] = [];
  for (let round = 0; round < 5; round++) {
    ours.push(
      time(() =>
        spawnSync(process.execPath, [path.join(ROOT, 'dist/cli.js'), 'check', '--format', 'json', ...files], {
          maxBuffer: 1 << 28,
        }),
      ),
    );
    jing.push(time(() => spawnSync('jing', [schema, ...files], { maxBuffer: 1 << 28 })));
  }
  const [a, b] = [quantile(ours, 0.5), quantile(jing, 0.5)];
  return {
    what: `${what} (${files.length} files)`,
    measured: `${milliseconds(a)} : ${milliseconds(b)} = ${(a / b).toFixed(2)}`,
    target,
  };
}

const figures = [
  ...grammarFigures(),
  wholeCheck(),
  await keystrokes(8400),
  await startUp(),
  await resident(),
  await activation(),
  packageSize(),
  againstJing(),
];
const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
console.log(`virtlint ${version}, node ${process.version}, ${os.cpus().length} × ${os.cpus()[0]?.model.trim()}\n`);
const table = [
  '| measured | figure | target |',
  '| --- | --- | --- |',
  ...figures.map(({ what, measured, target }) => `| ${what} | ${measured} | ${target} |`),
].join('\n');
console.log(table);
if (process.argv.includes('--readme')) writeIntoReadme(table);

/** Between its marks, so that nobody copies a figure by hand. */
function writeIntoReadme(figuresTable: string): void {
  const file = path.join(ROOT, 'README.md');
  const marked = /(?<=<!-- figures: npm run bench -- --readme -->\n)[\s\S]*(?=\n<!-- end of figures -->)/;
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(marked, () => figuresTable),
  );
}

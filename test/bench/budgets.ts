/** What the language server costs, measured on the built one: for the bench, and for the tests that hold it to its budgets. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { serverEnvironment } from '../../client/src/node/serverEnvironment.ts';
import { builtServer, LanguageServer } from '../support/languageServer.ts';
import { ROOT } from '../support/root.ts';
import { domainOf } from './documents.ts';

const LINES = 100;

/** Its resident memory, in the environment that VS Code gives it, with so many files open and checked, each asked about once, in MB. Linux only. */
export async function residentMegabytes(files: number): Promise<number> {
  const environment = Object.entries(serverEnvironment).map(([name, value]) => `${name}=${value}`);
  const server = await LanguageServer.start({ command: ['env', ...environment, ...builtServer] });
  const text = domainOf(LINES);
  const line = text.split('\n').findIndex((row) => row.includes('cache='));
  const character = (text.split('\n')[line] ?? '').indexOf('cache=') + 1;
  for (let index = 0; index < files; index++) {
    const uri = `file:///bench/${index}.xml`;
    await server.open(uri, text.replace('bench', `bench-${index}`));
    await server.hover(uri, { line, character });
    await server.symbols(uri);
  }
  const status = readFileSync(`/proc/${server.process.pid}/status`, 'utf8');
  await server.stop();
  return (Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024) / 1e6;
}

/**
 * What the extension costs a window with somebody else's XML file: the processor's time to load its entry and to activate it in a new process, the
 * best of several, in milliseconds. VS Code's own figure, in a real window, is activation.ts's; it grows with whatever else the machine does.
 */
export function entryMilliseconds(rounds: number): number {
  const args = ['test/support/entryProbe.cjs', 'dist/client.js', 'package.json'].map((file) => path.join(ROOT, file));
  const measured = Array.from({ length: rounds }, () =>
    Number(execFileSync(process.execPath, args, { encoding: 'utf8' })),
  );
  return Math.min(...measured);
}

/** From the start of the process to the first diagnostics of a domain of 300 lines: the best of several rounds, in milliseconds. */
export async function startMilliseconds(rounds: number): Promise<number> {
  const measured: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    const server = await LanguageServer.start();
    await server.open('file:///start.xml', domainOf(300));
    measured.push(performance.now() - start);
    await server.stop();
  }
  return Math.min(...measured);
}

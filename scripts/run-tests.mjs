// Bundles the tests of one or more suites (test/<suite>/**/*.test.ts) and runs them with node's own runner.
// usage: run-tests.mjs SUITE [PATH-PART...]   a path part picks the files whose path contains it
import { spawnSync } from 'node:child_process';
import { globSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { common } from './bundle.mjs';

const root = path.resolve(import.meta.dirname, '..');
const [suite, ...parts] = process.argv.slice(2);
if (!suite) {
  console.error('usage: run-tests.mjs SUITE [PATH-PART...]');
  process.exit(2);
}
const files = globSync(`test/${suite}/**/*.test.ts`, { cwd: root }).filter(
  (file) => !parts.length || parts.some((part) => file.includes(part)),
);
if (!files.length) {
  console.error(`no tests: test/${suite}/**/*.test.ts ${parts.join(' ')}`);
  process.exit(1);
}
/** Tests of what mostly computes share one process and one copy of the code, which saves a third of their time; the others stand each for itself. */
const isTogether = suite === 'unit';
const outdir = path.join(root, 'out', parts.length ? `${suite}-${process.pid}` : suite);
rmSync(outdir, { recursive: true, force: true });
await build({
  ...common,
  absWorkingDir: root,
  entryPoints: files,
  outdir,
  outbase: 'test',
  format: 'esm',
  splitting: isTogether,
  sourcemap: 'inline',
  packages: 'external',
  external: ['vscode'],
  outExtension: { '.js': '.mjs' },
  define: { 'process.env.VIRTLINT_ROOT': JSON.stringify(root) },
});
const built = files.map((file) => path.join(outdir, path.relative('test', file).replace(/\.ts$/, '.mjs')));
// `npm test` wants the counts as well: VIRTLINT_SUMMARY names the file.
const summary = process.env.VIRTLINT_SUMMARY;
const reporters = ['--test-reporter=spec', '--test-reporter-destination=stdout'];
if (summary)
  reporters.push(
    `--test-reporter=${path.join(root, 'scripts', 'summary-reporter.mjs')}`,
    `--test-reporter-destination=${summary}`,
  );
const isolation = isTogether ? ['--test-isolation=none'] : [];
const options = ['--enable-source-maps', '--test', '--test-timeout=180000', ...isolation, ...reporters];
const result = spawnSync(process.execPath, [...options, ...built], {
  cwd: root,
  stdio: 'inherit',
});
if (parts.length) rmSync(outdir, { recursive: true, force: true });
process.exit(result.status ?? 1);

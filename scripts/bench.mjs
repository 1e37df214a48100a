// `npm run bench [-- NAME]`: bundles a bench and runs it on what the build has made: test/bench/bench.ts, or the one that is named.
// `--readme` writes the figures into README.md.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { build } from 'esbuild';
import { common } from './bundle.mjs';

const benches = { clone: 'test/bench/cloneThroughput.ts' };
const [name] = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const entry = name === undefined ? 'test/bench/bench.ts' : benches[name];
if (!entry) throw new Error(`no bench ${name}: ${Object.keys(benches).join(', ')}`);

const root = path.resolve(import.meta.dirname, '..');
const outfile = path.join(root, 'out', 'bench.mjs');
await build({
  ...common,
  absWorkingDir: root,
  entryPoints: [entry],
  outfile,
  format: 'esm',
  packages: 'external',
  define: { 'process.env.VIRTLINT_ROOT': JSON.stringify(root) },
});
process.exit(
  spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' }).status ?? 1,
);

// `npm run bench`: bundles test/bench/bench.ts and runs it on what the build has made.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { build } from 'esbuild';
import { common } from './bundle.mjs';

const root = path.resolve(import.meta.dirname, '..');
const outfile = path.join(root, 'out', 'bench.mjs');
await build({
  ...common,
  absWorkingDir: root,
  entryPoints: ['test/bench/bench.ts'],
  outfile,
  format: 'esm',
  packages: 'external',
  define: { 'process.env.VIRTLINT_ROOT': JSON.stringify(root) },
});
process.exit(spawnSync(process.execPath, [outfile], { cwd: root, stdio: 'inherit' }).status ?? 1);

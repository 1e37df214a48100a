// `npm run fuzz -- [--edits N] [--seed N]`: bundles test/fuzz/fuzz.ts and runs it.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { build } from 'esbuild';
import { common } from './bundle.mjs';

const root = path.resolve(import.meta.dirname, '..');
const outfile = path.join(root, 'out', 'fuzz.mjs');
await build({
  ...common,
  absWorkingDir: root,
  entryPoints: ['test/fuzz/fuzz.ts'],
  outfile,
  format: 'esm',
  packages: 'external',
  define: { 'process.env.VIRTLINT_ROOT': JSON.stringify(root) },
});
process.exit(
  spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' }).status ?? 1,
);

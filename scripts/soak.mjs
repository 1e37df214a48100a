// `npm run soak [-- --minutes N]`: bundles test/soak/soak.ts and runs it against the built server.
import { spawnSync } from 'node:child_process';
import { build } from 'esbuild';
import { common } from './bundle.mjs';
import { inProject, root } from './project.mjs';

const outfile = inProject('out', 'soak.mjs');
await build({
  ...common,
  absWorkingDir: root,
  entryPoints: ['test/soak/soak.ts'],
  outfile,
  format: 'esm',
  packages: 'external',
  define: { 'process.env.VIRTLINT_ROOT': JSON.stringify(root) },
});
process.exitCode =
  spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' }).status ?? 1;

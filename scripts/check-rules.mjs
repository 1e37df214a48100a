// Keeps rules whole: each stands in its area's index, has a page with examples for what it finds and for what its fix gives.
import { mkdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { common } from './bundle.mjs';
import { inProject, root } from './project.mjs';

const entry = `
import { allRules } from './server/src/rules/index.ts';
import { ruleFaults } from './test/support/ruleGate.ts';
export const faults = ruleFaults(allRules);
`;

/** @returns {Promise<string[]>} one line a fault */
export async function checkRules() {
  const outfile = inProject('out', 'check-rules.mjs');
  mkdirSync(inProject('out'), { recursive: true });
  await build({
    ...common,
    absWorkingDir: root,
    stdin: { contents: entry, resolveDir: root, loader: 'ts' },
    outfile,
    format: 'esm',
    packages: 'external',
    define: { 'process.env.VIRTLINT_ROOT': JSON.stringify(root) },
  });
  const { faults } = await import(pathToFileURL(outfile).href);
  return faults;
}

// Lets a script use a module of the project that is TypeScript.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { common } from './bundle.mjs';
import { inProject, root } from './project.mjs';

/**
 * @param {string} file path below the project's folder
 * @returns {Promise<Record<string, Function>>} what it exports
 */
export async function buildSupport(file) {
  const outfile = inProject('out', 'support', `${path.basename(file, '.ts')}.mjs`);
  mkdirSync(path.dirname(outfile), { recursive: true });
  await build({
    ...common,
    absWorkingDir: root,
    entryPoints: [file],
    outfile,
    format: 'esm',
    packages: 'external',
    define: { 'process.env.VIRTLINT_ROOT': JSON.stringify(root) },
  });
  return import(pathToFileURL(outfile).href);
}

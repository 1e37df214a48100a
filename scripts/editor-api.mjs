// `import * as vscode from 'vscode'` in a bundle. By itself esbuild copies the hundreds of names of the API for each file that imports it, which
// takes most of the time that a small bundle needs to load; here the names that we read are read once.
import { globSync, readFileSync } from 'node:fs';
import { inProject } from './project.mjs';

const module = 'vscode';

/** Of what the client reads; names of types among them are of no consequence. */
function namesRead() {
  const files = globSync('client/src/**/*.ts', { cwd: inProject() });
  const uses = files.flatMap((file) => [...readFileSync(inProject(file), 'utf8').matchAll(/\bvscode\.(\w+)/g)]);
  return [...new Set(uses.map(([, name]) => name))].sort();
}

export const editorApi = {
  name: 'editor-api',
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, ({ kind }) =>
      kind === 'import-statement' ? { path: module, namespace: 'editor-api' } : { path: module, external: true },
    );
    build.onLoad({ filter: /^vscode$/, namespace: 'editor-api' }, () => ({
      contents: [
        `const api = require('${module}');`,
        ...namesRead().map((name) => `export const ${name} = api.${name};`),
      ].join('\n'),
    }));
  },
};

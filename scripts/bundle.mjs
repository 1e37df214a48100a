// What the build and the tests share of esbuild: target, and the import forms `text:`, `folder:` and `lazy:` (server/src/imports.d.ts).

import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** `import text from 'text:./page.md'`: the file's text. */
const textImports = {
  name: 'text-imports',
  setup(build) {
    build.onResolve({ filter: /^text:/ }, ({ path: wanted, resolveDir }) => ({
      path: path.resolve(resolveDir, wanted.slice('text:'.length)),
      namespace: 'text',
    }));
    build.onLoad({ filter: /.*/, namespace: 'text' }, async ({ path: file }) => ({
      contents: await readFile(file, 'utf8'),
      loader: 'text',
      watchFiles: [file],
    }));
  },
};

/** `import files from 'folder:./cards/**\/*.md'`: relative path → text, sorted by path. */
const folderImports = {
  name: 'folder-imports',
  setup(build) {
    build.onResolve({ filter: /^folder:/ }, ({ path: wanted, resolveDir }) => ({
      path: `${resolveDir}\0${wanted.slice('folder:'.length)}`,
      namespace: 'folder',
    }));
    build.onLoad({ filter: /.*/, namespace: 'folder' }, async ({ path: key }) => {
      const [folder, pattern] = key.split('\0');
      const files = globSync(pattern, { cwd: folder })
        .map((file) => file.split(path.sep).join('/'))
        .sort();
      const entries = await Promise.all(
        files.map(async (file) => [file, await readFile(path.join(folder, file), 'utf8')]),
      );
      return {
        contents: JSON.stringify(Object.fromEntries(entries)),
        loader: 'json',
        watchFiles: files.map((file) => path.join(folder, file)),
      };
    });
  },
};

/**
 * `import read from 'lazy:./tables/*.json'`: a function from a file's name to its text, which reads the file when asked.
 * @param {(folder: string) => string} place the code of the folder that the files are in at run time
 */
function lazyImports(place) {
  return {
    name: 'lazy-imports',
    setup(build) {
      build.onResolve({ filter: /^lazy:/ }, ({ path: wanted, resolveDir }) => ({
        path: path.resolve(resolveDir, wanted.slice('lazy:'.length)),
        namespace: 'lazy',
      }));
      build.onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path: pattern }) => ({
        contents: `import { readFileSync } from 'node:fs';
          const names = new Set(${JSON.stringify(globSync(pattern).map((file) => path.basename(file)))});
          export default (name) => names.has(name) ? readFileSync(${place(path.dirname(pattern))} + '/' + name, 'utf8') : undefined;`,
      }));
    },
  };
}

/** The plugins of a bundle that stays in the source tree, such as that of a test. */
const plugins = [textImports, folderImports, lazyImports((folder) => JSON.stringify(folder))];

/** The plugins of a bundle that is shipped: what it reads at run time lies beside it, in a folder of the same name. */
export const shippedPlugins = [
  textImports,
  folderImports,
  lazyImports((folder) => `__dirname + '/${path.basename(folder)}'`),
];

/** Options that every bundle has in common. */
export const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  mainFields: ['module', 'main'],
  logLevel: 'warning',
  plugins,
};

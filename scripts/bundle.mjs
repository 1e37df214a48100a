// What the build and the tests share of esbuild: target, and the two import forms `text:` and `folder:` (server/src/imports.d.ts).

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

/** Options that every bundle has in common. */
export const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  mainFields: ['module', 'main'],
  logLevel: 'warning',
  plugins: [textImports, folderImports],
};

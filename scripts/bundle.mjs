// What the build and the tests share of esbuild: target, and the import forms `text:`, `folder:` and `lazy:` (server/src/imports.d.ts).

import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { inProject } from './project.mjs';

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

/** A text's translation stands beside it: `cache.zh-cn.md`. */
export const languageOf = (file) => /\.([a-z]{2}-[a-z]{2})\.md$/.exec(file)?.[1];

/**
 * The files that a pattern names, sorted: `./cards/**\/*.md` of a folder. Translations are those of a pattern that names their language.
 * @returns {Promise<Record<string, string>>} relative path → text
 */
async function readFiles(folder, pattern) {
  const names = globSync(pattern, { cwd: folder })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => languageOf(file) === languageOf(pattern))
    .sort();
  const entries = await Promise.all(names.map(async (name) => [name, await readFile(path.join(folder, name), 'utf8')]));
  return Object.fromEntries(entries);
}

/**
 * `import files from 'folder:./cards/**\/*.md'`: a function that gives relative path → text.
 * @param {(files: Record<string, string>, name: string) => string} code of the module; the name is that of the folder, with the language of translations
 */
function folderImports(code) {
  return {
    name: 'folder-imports',
    setup(build) {
      build.onResolve({ filter: /^folder:/ }, ({ path: wanted, resolveDir }) => ({
        path: `${resolveDir}\0${wanted.slice('folder:'.length)}`,
        namespace: 'folder',
      }));
      build.onLoad({ filter: /.*/, namespace: 'folder' }, async ({ path: key }) => {
        const [folder, pattern] = key.split('\0');
        const files = await readFiles(folder, pattern);
        const language = languageOf(pattern);
        const name = path.basename(pattern.slice(0, pattern.indexOf('*'))) + (language ? `.${language}` : '');
        return {
          contents: code(files, name),
          resolveDir: folder,
          watchFiles: Object.keys(files).map((file) => path.join(folder, file)),
        };
      });
    },
  };
}

/**
 * `import read from 'lazy:./tables/*.json'`: a function from a file's name to its text, which reads the file when asked.
 * @param {(folder: string) => {reader: string, read: string}} code how a file of the folder is read at run time: what comes first, and an
 *   expression for the text of the file `name`
 */
function lazyImports(code) {
  return {
    name: 'lazy-imports',
    setup(build) {
      build.onResolve({ filter: /^lazy:/ }, ({ path: wanted, resolveDir }) => ({
        path: path.resolve(resolveDir, wanted.slice('lazy:'.length)),
        namespace: 'lazy',
      }));
      build.onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path: pattern }) => {
        const { reader, read } = code(path.dirname(pattern));
        const names = globSync(pattern).map((file) => path.basename(file));
        return {
          contents: `${reader}
            const names = new Set(${JSON.stringify(names)});
            export default (name) => (names.has(name) ? ${read} : undefined);`,
          resolveDir: path.dirname(pattern),
        };
      });
    },
  };
}

/** The plugins of a bundle that stays in the source tree, such as that of a test. */
const plugins = [
  textImports,
  folderImports((files) => `const files = ${JSON.stringify(files)}; export default () => files;`),
  lazyImports((folder) => ({
    reader: "import { readFileSync } from 'node:fs';",
    read: `readFileSync(${JSON.stringify(folder)} + '/' + name, 'utf8')`,
  })),
];

/** How a shipped bundle reads a file that lies beside it, as code: `readText('texts/cards.json')`. */
const readers = {
  node: `import { readFileSync } from 'node:fs'; const readText = (path) => readFileSync(__dirname + '/' + path, 'utf8');`,
  browser: `import { readText } from ${JSON.stringify(inProject('server/src/browser/texts.ts'))};`,
};

/**
 * The plugins of a bundle that is shipped: what it reads at run time lies beside it, as most runs need none of it.
 * @param {Map<string, Record<string, string>>} texts is told the folders that the bundle will look for as `texts/<name>.json`
 * @param {keyof typeof readers} platform
 */
export function shippedPlugins(texts, platform) {
  const readWhenAsked = (files, name) => {
    texts.set(name, files);
    return `${readers[platform]}
      let files;
      export default () => (files ??= JSON.parse(readText('texts/${name}.json')));`;
  };
  const readNamed = (folder) => ({
    reader: readers[platform],
    read: `readText('${path.basename(folder)}/' + name)`,
  });
  return [textImports, folderImports(readWhenAsked), lazyImports(readNamed)];
}

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

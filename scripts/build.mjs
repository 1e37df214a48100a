// Builds dist/: the three bundles, the pages, the texts and the grammars. usage: build.mjs [--dev]   (--dev: readable code and source maps)
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { build } from 'esbuild';
import { common, shippedPlugins } from './bundle.mjs';
import { editorApi } from './editor-api.mjs';
import { clientTranslations, languages } from './languages.mjs';
import { thirdPartyNotices } from './notices.mjs';
import { gatherPages } from './pages.mjs';
import { inProject, main, Obstacle, root } from './project.mjs';
import { buildSupport } from './support.mjs';

const dev = process.argv.includes('--dev');

const noticesFile = 'dist/THIRD-PARTY-NOTICES.txt';
const pagesFile = 'dist/pages.json';
/** Pages in other languages; what they lack is shown in English. */
const translatedPages = languages.map((language) => ({ language, file: `dist/pages.${language}.json` }));
/** What VS Code gives the client in its language. */
const clientTexts = { folder: 'dist/l10n', file: (language) => `bundle.l10n.${language}.json` };
/** Whole documents, in VS Code's format. */
const snippetsFile = 'dist/snippets.json';
/** Cards and documentation, which the bundles read when somebody asks. */
const textsFolder = 'dist/texts';
const texts = new Map();
/** The compiled grammars, which the bundles read when they need one. */
const tables = { source: 'schemas/grammar', folder: 'dist/grammar' };

const inBrowser = { platform: 'browser', format: 'esm', target: 'es2022' };
/** The extension host of a browser takes CommonJS; its worker is a plain script. An import of Node's fails the build. */
const inBrowserHost = { ...inBrowser, format: 'cjs', external: ['vscode'] };
const inWorker = { ...inBrowser, format: 'iife' };
const asProgram = { banner: { js: '#!/usr/bin/env node' } };
/** What its licence wants said wherever it goes. */
const licenceOfNoVnc =
  '/* Contains noVNC, licensed under the Mozilla Public License 2.0 (https://mozilla.org/MPL/2.0/). Its source: https://github.com/novnc/noVNC */';

/** What a bundle imports only when it is wanted: bundles of their own. */
const extension = { import: './extension.ts', source: 'client/src/extension.ts', file: 'dist/extension.js' };
const languageClient = {
  import: 'vscode-languageclient/node',
  source: 'node_modules/vscode-languageclient/lib/node/main.js',
  file: 'dist/languageClient.js',
};
const loadedLater = {
  name: 'loaded-later',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ kind, path }) => {
      const later = [extension, languageClient].find((bundle) => bundle.import === path);
      return later && kind === 'dynamic-import'
        ? { path: `./${later.file.replace('dist/', '')}`, external: true }
        : undefined;
    });
  },
};
/** The bundles that are loaded later are CommonJS, for `require`. */
const inExtensionHost = { external: ['vscode'], supported: { 'dynamic-import': false } };

const bundles = [
  {
    source: 'client/src/entry.ts',
    file: 'dist/client.js',
    options: inExtensionHost,
    plugins: [loadedLater, editorApi],
  },
  { source: extension.source, file: extension.file, options: inExtensionHost, plugins: [loadedLater, editorApi] },
  { source: languageClient.source, file: languageClient.file, options: { external: ['vscode'] } },
  { source: 'server/src/main.ts', file: 'dist/server.js', options: asProgram },
  { source: 'client/src/browser.ts', file: 'dist/browser/client.js', options: inBrowserHost, plugins: [editorApi] },
  { source: 'server/src/browser.ts', file: 'dist/browser/server.js', options: inWorker },
  // Webviews: scripts for a browser, each loaded by its own page.
  { source: 'client/webview/live.ts', file: 'dist/live.js', options: inBrowser },
  {
    source: 'client/webview/screen.ts',
    file: 'dist/screen.js',
    options: { ...inBrowser, banner: { js: licenceOfNoVnc } },
  },
  { source: 'server/src/cli.ts', file: 'dist/cli.js', options: asProgram },
];

/** @returns {Promise<import('esbuild').Metafile>} what is in the bundle */
async function buildBundle({ source, file, options = {}, plugins = [] }) {
  const { metafile } = await build({
    ...common,
    metafile: true,
    plugins: [...plugins, ...shippedPlugins(texts, options.platform ?? 'node')],
    ...options,
    absWorkingDir: root,
    entryPoints: [source],
    outfile: file,
    minify: !dev,
    sourcemap: dev ? 'linked' : false,
    legalComments: 'none',
  });
  if (!dev) writeFileSync(inProject(file), withoutWideCharacters(readFileSync(inProject(file), 'utf8')));
  return metafile;
}

/** For one character beyond Latin-1, V8 keeps all of a script in twice the memory. esbuild leaves those in tagged templates as they are. */
function withoutWideCharacters(script) {
  return script.replace(/[\u0100-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Left from an earlier build; what is built anew stays until it is overwritten, for whoever runs it now. */
function removeStale(files) {
  for (const file of readdirSync(inProject('dist'))) {
    if (![...files, tables.folder, textsFolder, clientTexts.folder].some((kept) => kept.split('/')[1] === file))
      rmSync(inProject('dist', file), { recursive: true });
  }
}

await main(async () => {
  const present = bundles.filter(({ source }) => existsSync(inProject(source)));
  const files = [
    ...present.map(({ file }) => file),
    noticesFile,
    pagesFile,
    snippetsFile,
    ...translatedPages.map(({ file }) => file),
  ];
  mkdirSync(inProject('dist'), { recursive: true });
  removeStale(files);
  const metafiles = await Promise.all(present.map(buildBundle)).catch(() => {
    throw new Obstacle('build: failed, see above'); // esbuild has printed the errors
  });
  writeFileSync(inProject(noticesFile), thirdPartyNotices(metafiles));
  for (const { file } of present.filter(({ options }) => options === asProgram)) chmodSync(inProject(file), 0o755);
  cpSync(inProject(tables.source), inProject(tables.folder), { recursive: true });
  mkdirSync(inProject(textsFolder), { recursive: true });
  for (const [name, content] of texts) writeFileSync(inProject(textsFolder, `${name}.json`), JSON.stringify(content));
  const pages = gatherPages();
  writeFileSync(inProject(pagesFile), JSON.stringify(pages));
  for (const { language, file } of translatedPages)
    writeFileSync(inProject(file), JSON.stringify(gatherPages(language)));
  mkdirSync(inProject(clientTexts.folder), { recursive: true });
  for (const language of languages)
    writeFileSync(
      inProject(clientTexts.folder, clientTexts.file(language)),
      JSON.stringify(clientTranslations(language)),
    );
  const { editorSnippets } = await buildSupport('server/src/knowledge/editorSnippets.ts');
  writeFileSync(inProject(snippetsFile), JSON.stringify(editorSnippets()));
  const sizes = files.map((file) => `${file} ${Math.ceil(statSync(inProject(file)).size / 1024)} KiB`);
  console.log(`built ${sizes.join(', ')} (${Object.keys(pages).length} pages)`);
});

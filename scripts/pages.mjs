// Gathers the documentation pages that `virtlint explain` and the links of the diagnostics show.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { languageOf } from './bundle.mjs';
import { inProject } from './project.mjs';

/** Where pages lie, and what precedes the path below it (without `.md`) in a page's id. */
const sources = [
  { folder: 'server/src/rules', pattern: '**/*.md', prefix: '' },
  { folder: 'server/src/xml', pattern: '*.md', prefix: 'xml/' },
  { folder: 'server/src/grammar', pattern: '*.md', prefix: 'grammar/' },
  { folder: 'server/src/settings', pattern: '*.md', prefix: 'virtlint/' },
];

/**
 * @param {string} [language] of the translations that are wanted; the English pages without one
 * @returns {Record<string, string>} page id (`disk/io-native-cache`, `xml/well-formed`) → Markdown, sorted by id
 */
export function gatherPages(language) {
  const ending = language ? `.${language}.md` : '.md';
  const pages = sources.flatMap(({ folder, pattern, prefix }) =>
    globSync(pattern, { cwd: inProject(folder) })
      .filter((file) => languageOf(file) === language)
      .map((file) => [
        prefix + file.split(path.sep).join('/').slice(0, -ending.length),
        readFileSync(inProject(folder, file), 'utf8'),
      ]),
  );
  return Object.fromEntries(pages.sort(([a], [b]) => (a < b ? -1 : 1)));
}

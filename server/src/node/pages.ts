/** The pages of rules, from the file that the build writes beside the bundles (`dist/pages.json`: id → Markdown). */
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Reads pages from `pages.json` in a folder, at the first question. */
export function pageReader(folder: string): (page: string) => string | undefined {
  let pages: ReadonlyMap<string, string> | undefined;
  return (page) => {
    pages ??= readPages(path.join(folder, 'pages.json'));
    return pages.get(page);
  };
}

function readPages(file: string): ReadonlyMap<string, string> {
  const given: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const entries = typeof given === 'object' && given !== null ? Object.entries(given) : [];
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

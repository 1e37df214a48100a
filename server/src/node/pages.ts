/**
 * The pages of rules, from the files that the build writes beside the bundles: `pages.json` (id → Markdown), and `pages.zh-cn.json` with
 * what is translated.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { spokenLanguage } from '../l10n/languages.ts';
import { translatedPage } from '../l10n/translatedPage.ts';

/** Reads pages from a folder, at the first question; in the spoken language where there is such a page. */
export function pageReader(folder: string): (page: string) => string | undefined {
  let pages: ReadonlyMap<string, string> | undefined;
  let translations: ReadonlyMap<string, string> | undefined;
  return (page) => {
    pages ??= readPages(path.join(folder, 'pages.json'));
    const english = pages.get(page);
    const language = spokenLanguage();
    if (english === undefined || language === 'en') return english;
    translations ??= readPages(path.join(folder, `pages.${language}.json`));
    return translatedPage(english, translations.get(page));
  };
}

function readPages(file: string): ReadonlyMap<string, string> {
  const given: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const entries = typeof given === 'object' && given !== null ? Object.entries(given) : [];
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

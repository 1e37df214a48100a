/**
 * The pages of rules, from the files that the build writes beside the bundles: `pages.json` (id → Markdown), and `pages.zh-cn.json` with
 * what is translated.
 */
import { spokenLanguage } from './l10n/languages.ts';
import { translatedPage } from './l10n/translatedPage.ts';

/**
 * Reads pages at the first question; in the spoken language where there is such a page.
 * @param readFile the text of one of these files
 */
export function pageReader(readFile: (name: string) => string): (page: string) => string | undefined {
  let pages: ReadonlyMap<string, string> | undefined;
  let translations: ReadonlyMap<string, string> | undefined;
  return (page) => {
    pages ??= parsePages(readFile('pages.json'));
    const english = pages.get(page);
    const language = spokenLanguage();
    if (english === undefined || language === 'en') return english;
    translations ??= parsePages(readFile(`pages.${language}.json`));
    return translatedPage(english, translations.get(page));
  };
}

function parsePages(text: string): ReadonlyMap<string, string> {
  const given: unknown = JSON.parse(text);
  const entries = typeof given === 'object' && given !== null ? Object.entries(given) : [];
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** What the project knows, for the pages of its documentation (`npm run docs`). */
import { allCards, type Card } from '../../server/src/knowledge/cards.ts';
import { chooseLanguage, type Language } from '../../server/src/l10n/languages.ts';
import { translatedPage } from '../../server/src/l10n/translatedPage.ts';
import { allRules } from '../../server/src/rules/index.ts';

export interface SiteKnowledge {
  readonly rules: readonly { readonly id: string; readonly page: string; readonly severity: string }[];
  /** `file`: where its page lies, without an ending. */
  readonly cards: readonly (Card & { readonly file: string })[];
  /** A translated page with the examples of the English one. */
  readonly translated: (english: string, translation: string | undefined) => string;
}

export function knowledgeIn(language: Language = 'en'): SiteKnowledge {
  chooseLanguage(language);
  return {
    rules: allRules.map(({ id, page, severity }) => ({ id, page, severity })),
    cards: [...allCards().values()].map((card) => ({ ...card, file: fileOf(card.path) })),
    translated: translatedPage,
  };
}

/** `domain/devices/disk/driver/@cache='none'` → `disk/driver/cache.none` */
function fileOf(path: string): string {
  return path
    .replace(/^domain\/(devices\/)?/, '')
    .replaceAll('@', '')
    .replaceAll(/='([^']*)'/g, '.$1')
    .replaceAll(/[^\w./-]/g, '-');
}

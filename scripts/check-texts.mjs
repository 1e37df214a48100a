// Keeps texts for people translatable, and their translations right: each is said by say`…`, phrase`…` or vscode.l10n.t('…'), and what is
// translated has the places, code and numbers of the English text.
import { languages } from './languages.mjs';
import { buildSupport } from './support.mjs';

/** @returns {Promise<string[]>} one line a fault */
export async function checkTexts() {
  const { gatherTexts } = await buildSupport('test/support/l10n/sources.ts');
  const { manifestFaults, wrongTranslations } = await buildSupport('test/support/l10n/translations.ts');
  const { wrongPages } = await buildSupport('test/support/l10n/pages.ts');
  const ofLanguage = (language) => [
    ...manifestFaults(language),
    ...wrongTranslations(language),
    ...wrongPages(language),
  ];
  return [...gatherTexts().faults, ...languages.flatMap(ofLanguage)];
}

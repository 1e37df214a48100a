/** Which language a locale asks for, and that everything follows the choice. */
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { allCards } from '../../../server/src/knowledge/cards.ts';
import { chooseLanguage, languageOf, spokenLanguage } from '../../../server/src/l10n/languages.ts';

afterEach(() => chooseLanguage('en'));

for (const [locale, language] of [
  ['zh-cn', 'zh-cn'],
  ['zh_CN.UTF-8', 'zh-cn'],
  ['zh-Hans', 'zh-cn'],
  ['zh', 'zh-cn'],
  ['zh-TW', 'en'],
  ['zh-Hant-HK', 'en'],
  ['de', 'en'],
  ['', 'en'],
  [undefined, 'en'],
] as const)
  test(`${locale} is answered in ${language}`, () => assert.equal(languageOf(locale), language));

test('cards are those of the language, with the paths of the English ones', () => {
  const english = [...allCards().keys()];
  chooseLanguage('zh-cn');
  assert.equal(spokenLanguage(), 'zh-cn');
  assert.deepEqual([...allCards().keys()], english);
});

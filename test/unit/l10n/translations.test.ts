/** Translations against the English texts: nothing dead, and the same places, code, numbers, headings and blocks. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fencedBlocks, translatedPage } from '../../../server/src/l10n/translatedPage.ts';
import { differences } from '../../support/l10n/compare.ts';
import { pageDifferences, untranslatedPages, wrongPages } from '../../support/l10n/pages.ts';
import { manifestFaults, untranslated, wrongTranslations } from '../../support/l10n/translations.ts';

const LANGUAGE = 'zh-cn';

describe('Simplified Chinese', () => {
  it('has every text of the manifest', () => assert.deepEqual(manifestFaults(LANGUAGE), []));
  it('has every text that is said', () =>
    assert.deepEqual(
      untranslated(LANGUAGE).map(({ key }) => key),
      [],
    ));
  it('has every card, and the pages of the rules of five topics', () =>
    assert.deepEqual(untranslatedPages(LANGUAGE), []));
  it('says what the English texts say', () => assert.deepEqual(wrongTranslations(LANGUAGE), []));
  it('has pages like the English ones', () => assert.deepEqual(wrongPages(LANGUAGE), []));
});

describe('a translation', () => {
  it('has the places in any order, and may leave out what only makes English agree', () => {
    assert.deepEqual(differences('{0} disk{1} on `{2}`', '`{2}` 上有 {0} 块磁盘', new Set(['{1}'])), []);
  });

  for (const [what, english, translation] of [
    ['a place', '{0} is off', '已关闭'],
    ['a place too many', 'It is off', '{0} 已关闭'],
    ['a name', 'Use `none`', '使用 none'],
    ['another name', 'Use `none`', '使用 `native`'],
    ['a number', 'At most 16 queues', '最多有很多队列'],
    ['a group of a pattern', 'Port $1 is taken', '端口被占用'],
  ] as const)
    it(`is told that it lacks ${what}`, () => assert.notDeepEqual(differences(english, translation), []));
});

describe('a translated page', () => {
  const english = '# disk/a\n\nIt is `a`.\n\n## Bad\n\n```xml\n<a/>\n```\n\n```xml\n<b/>\n```\n';
  const translation = '# disk/a\n\n它是 `a`。\n\n## 有问题的写法\n\n[[1]]\n\n[[2]]\n';

  it('has the blocks of the English page', () => {
    assert.deepEqual(fencedBlocks(translatedPage(english, translation)), ['```xml\n<a/>\n```', '```xml\n<b/>\n```']);
    assert.deepEqual(pageDifferences(english, translation), []);
  });

  it('is the English page where there is none', () => assert.equal(translatedPage(english, undefined), english));

  for (const [what, page] of [
    ['a block is missing', translation.replace('[[2]]\n', '')],
    ['a heading is missing', translation.replace('## 有问题的写法\n', '')],
    ['the name in the heading is another', translation.replace('# disk/a', '# disk/b')],
    ['it has a block of its own', `${translation}\n\`\`\`xml\n<c/>\n\`\`\`\n`],
    ['a name is missing', translation.replace('`a`', 'a')],
  ] as const)
    it(`is refused where ${what}`, () => assert.notDeepEqual(pageDifferences(english, page), []));
});

/**
 * That nothing escapes translation: in a language whose every word is 中, the messages, related places and fixes of all examples of the rules'
 * pages have no English left but code, and what stands in the document or is a name.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { checkText } from '../../../server/src/check.ts';
import { speak } from '../../../server/src/l10n/say.ts';
import { allRules } from '../../../server/src/rules/index.ts';
import { wantedTexts } from '../../support/l10n/translations.ts';
import { asDomain, examplesOf, readPage } from '../../support/rulePages.ts';

/** Every text in 中, without the places that only make English agree. */
function oneWord(): Record<string, string> {
  const all = [...wantedTexts().values()].map(({ key, agreements }) => [
    key,
    key.replace(/`[^`]*`|<[^<>]*>|\{\d+\}|[A-Za-z]+/g, (part) =>
      agreements.has(part) ? '' : /^[A-Za-z]/.test(part) ? '中' : part,
    ),
  ]);
  return Object.fromEntries(all);
}

/** What is no English: code, tags, attributes, values in quotes, paths, and names that every language has. */
const CODE =
  /`[^`]*`|<[^<>]*>|[\w-]+='[^']*'|'[\w.-]+'|\/[\w./-]+|\b(?:[KMGT]iB|[A-Z]{2,}|IPv[46]|Xen|vCPU|[\da-f]{4}:[\da-f]{4})\b/g;

after(() => speak(undefined));

test('every word for people is said', () => {
  speak(oneWord());
  const left = new Set<string>();
  for (const { id, page } of allRules) {
    const { bad, good } = examplesOf(readPage(page), id, page);
    for (const text of [...bad, ...good].map(asDomain)) {
      const known = new Set(text.match(/[A-Za-z]+/g));
      for (const finding of checkText(text)) {
        const said = [finding.message, ...(finding.related ?? []).map(({ message }) => message)];
        for (const message of [...said, ...finding.fixes().map(({ title }) => title)]) {
          const words = message.replace(CODE, ' ').match(/[A-Za-z]{2,}/g) ?? [];
          // What a fix writes is a value as well.
          const written = new Set(
            finding.fixes().flatMap(({ edits }) => edits.flatMap(({ newText }) => newText.match(/[A-Za-z]+/g) ?? [])),
          );
          if (words.some((word) => !known.has(word) && !written.has(word))) left.add(`${finding.rule}: ${message}`);
        }
      }
    }
  }
  assert.deepEqual([...left], []);
});

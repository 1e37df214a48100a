/** A figure too many is typed easily: no rule may throw for it, or take the memory or the time that the number stands for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkDocument } from '../../../server/src/check.ts';
import { allRules } from '../../../server/src/rules/index.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { Random } from '../../support/random.ts';
import { asDomain, examplesOf, readPage } from '../../support/rulePages.ts';

const NUMBERS = ['44194304', '4294967296', '999999999999999', '99999999999999999999999'] as const;
const MOST_MILLISECONDS = 500;

/** The text with one of its numbers replaced by a large one. */
function enlarged(text: string, random: Random): string {
  const numbers = [...text.matchAll(/(?<=['>-])\d+(?=['<-])/g)];
  const number = numbers[random.below(numbers.length || 1)];
  if (!number) return text;
  return text.slice(0, number.index) + random.pick(NUMBERS) + text.slice(number.index + number[0].length);
}

test('numbers that nobody can mean', () => {
  const random = new Random(23);
  const examples = allRules.flatMap(({ id, page }) => {
    const { bad, fixed, good } = examplesOf(readPage(page), id, page);
    return [...bad, ...fixed, ...good];
  });
  const slow: string[] = [];
  for (const example of new Set(examples)) {
    for (let round = 0; round < 2; round++) {
      const text = enlarged(asDomain(example), random);
      const started = performance.now();
      const findings = checkDocument(parseXml(text));
      for (const finding of findings) assert.doesNotThrow(() => finding.fixes(), text);
      if (performance.now() - started > MOST_MILLISECONDS) slow.push(text);
    }
  }
  assert.deepEqual(slow, []);
});

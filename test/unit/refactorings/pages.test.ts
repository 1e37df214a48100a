/** Every refactoring is tested by the examples of its own page. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkText } from '../../../server/src/check.ts';
import { applyEdits } from '../../../server/src/finding.ts';
import { offersOf, refactoringPages } from '../../support/refactoringPages.ts';

describe('refactoring pages', () => {
  for (const { name, before, after, hosts } of refactoringPages())
    test(name, () => {
      assert.ok(before.length > 0 && before.length === after.length, 'an example under After for each under Before');
      before.forEach((text, index) => {
        assert.deepEqual(errorsIn(text), [], 'the guest is right before');
        const [offer] = offersOf(name, text, hosts);
        assert.ok(offer, `nothing is offered for\n${text}`);
        assert.ok(offer.consequences.length > 0);
        assert.equal(applyEdits(text, offer.edits), after[index], offer.title);
        assert.deepEqual(errorsIn(after[index] ?? ''), [], 'and after');
        const again = offersOf(name, after[index] ?? '', hosts).map(({ title }) => title);
        assert.ok(!again.includes(offer.title), 'what is done is not offered again');
      });
    });
});

function errorsIn(text: string): string[] {
  return checkText(text)
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, message }) => `${rule}: ${message}`);
}

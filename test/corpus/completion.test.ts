/** Completion measured on a quarter of libvirt's own test domains: what was taken out is offered, and what is offered fits. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { measureCompletion } from '../support/completionMeasure.ts';
import { validDomains, withoutCorpus } from '../support/corpus.ts';
import { Random } from '../support/random.ts';

const PART = 4;

describe('completion of what was taken out of valid domains', { skip: withoutCorpus }, () => {
  it('offers it, and nothing that does not fit', () => {
    const quarter = validDomains().filter((_, index) => index % PART === 1);
    assert.ok(quarter.length > 140, `${quarter.length} domains`);
    const kinds = Object.entries(measureCompletion(quarter, new Random(3)));
    const failures = kinds.flatMap(([, { failures }]) => failures).join('\n');
    for (const [kind, { asked, offered }] of kinds) {
      assert.ok(asked > 100, `${kind}: ${asked}`);
      assert.equal(offered, asked, failures);
    }
    const tried = kinds.reduce((sum, [, one]) => sum + one.tried, 0);
    const fitting = kinds.reduce((sum, [, one]) => sum + one.fitting, 0);
    assert.ok(tried > 500, `${tried} tried`);
    assert.ok(fitting >= 0.99 * tried, `${fitting} of ${tried}\n${failures}`);
  });
});

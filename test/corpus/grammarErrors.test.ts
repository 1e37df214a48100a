/** How well errors are placed and mended, on errors put into libvirt's own test domains by our own generator. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { validDomains, withoutCorpus } from '../support/corpus.ts';
import { type InjectionFigures, measureIndependent, measureInjections } from '../support/grammarMeasure.ts';
import { injectionKinds, type ValidDomain } from '../support/injections.ts';
import { Random } from '../support/random.ts';

const EACH = 100;
const percent = (part: number, whole: number) => (100 * part) / whole;

describe('errors put into valid domains', { skip: withoutCorpus }, () => {
  let domains: readonly [ValidDomain, ...ValidDomain[]];
  before(() => {
    const [first, ...others] = validDomains();
    assert.ok(first && others.length > 500, `${others.length} domains`);
    domains = [first, ...others];
  });

  it('are found, exactly and alone, and mended', () => {
    const all = injectionKinds.map((kind) => measureInjections(domains, kind, EACH, new Random(11)));
    const sum = (of: (figures: InjectionFigures) => number) => all.reduce((total, one) => total + of(one), 0);
    const count = sum((one) => one.count);
    const misses = all.flatMap((one) => one.misses).join('\n');
    assert.ok(
      percent(
        sum((one) => one.found),
        count,
      ) >= 99.8,
      misses,
    );
    assert.ok(
      percent(
        sum((one) => one.exact),
        count,
      ) >= 99.5,
      misses,
    );
    assert.ok(
      percent(
        sum((one) => one.repaired),
        count,
      ) >= 93,
    );
    assert.ok(
      percent(
        sum((one) => one.restored),
        count,
      ) >= 55,
    );
  });

  it('in an attribute that chooses what fits are placed on it', () => {
    const { count, found, misses } = measureInjections(domains, 'wrong choice', 300, new Random(12));
    assert.ok(percent(found, count) >= 85, misses.join('\n'));
  });

  it('are all found where there are four, and each is told once', () => {
    const { errors, found, diagnostics } = measureIndependent(domains, 200, 4, new Random(13));
    assert.equal(found, errors);
    assert.ok(diagnostics <= 1.02 * errors, `${diagnostics} of ${errors}`);
  });
});

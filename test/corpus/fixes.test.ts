/** The fixes of all rules, made together as `virtlint fix` makes them, in domains that libvirt accepts. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fixAll } from '../../server/src/features/fixAll.ts';
import { mend } from '../../server/src/features/mend.ts';
import { applyEdits, type Severity } from '../../server/src/finding.ts';
import { findingsOf } from '../../server/src/node/cli/documents.ts';
import { configurationOf } from '../../server/src/settings/configuration.ts';
import { noSettings } from '../../server/src/settings/settings.ts';
import { validDomains, withoutCorpus } from '../support/corpus.ts';
import type { ValidDomain } from '../support/injections.ts';
import { Random } from '../support/random.ts';
import { mutated } from './mutants.ts';

const configuration = configurationOf(undefined, noSettings);
const check = (text: string) => findingsOf(text, configuration, []);
const errors = (text: string) => check(text).filter(({ severity }) => severity === 'error');

describe('fixes made until nothing is left', { skip: withoutCorpus }, () => {
  const choices: readonly (readonly Severity[])[] = [
    ['error', 'warning'],
    ['error', 'warning', 'information', 'hint'],
  ];
  for (const severities of choices)
    test(`of ${severities.join(', ')}: bring no error, and come to an end`, () => {
      const wants = { rules: undefined, severities: new Set(severities) };
      for (const { name, document } of validDomains()) {
        const { text: mended } = mend(document.text, check, wants);
        assert.deepEqual(errors(mended), [], name);
        assert.equal(mend(mended, check, wants).text, mended, `${name}: fixes undo each other`);
      }
    });
});

describe('all fixes at a save', { skip: withoutCorpus }, () => {
  const MUTANTS = 300;
  test('done twice are done once, and leave no more errors than there were', () => {
    const random = new Random(7);
    const [first, ...others] = validDomains();
    assert.ok(first);
    const domains: readonly [ValidDomain, ...ValidDomain[]] = [first, ...others];
    let mended = 0;
    for (let count = 0; count < MUTANTS; count++) {
      const { name, document } = random.pick(domains);
      const text = mutated(document.text, random) ?? document.text;
      const once = applyEdits(text, fixAll(text, check));
      if (once !== text) mended++;
      assert.deepEqual(fixAll(once, check), [], name);
      assert.ok(errors(once).length <= errors(text).length, name);
    }
    assert.ok(mended > MUTANTS / 10, `${mended} of ${MUTANTS}`);
  });
});

/** The gate that every rule passes in `npm run check` can close. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allRules } from '../../../server/src/rules/index.ts';
import { ruleFaults } from '../../support/ruleGate.ts';

const [known, ...others] = allRules;
assert.ok(known);
const faults = ruleFaults(allRules);

test('every rule is whole', () => {
  assert.deepEqual(faults, []);
});

/** What is told of other rules than those that there are. */
const added = (rules: Parameters<typeof ruleFaults>[0]) => ruleFaults(rules).filter((fault) => !faults.includes(fault));

test('a rule without a page, and one that no index lists, are told', () => {
  const lost = { id: 'disk/no-such-rule', page: 'disk/no-such-rule', severity: 'hint', hasFix: false } as const;
  assert.deepEqual(added([...allRules, lost]), [
    'disk/no-such-rule: it has no page server/src/rules/disk/no-such-rule.md',
  ]);
  const alone = others.find((rule) => rule.page === rule.id);
  assert.ok(alone);
  assert.deepEqual(
    added(allRules.filter((rule) => rule !== alone)).map((fault) => fault.split(':')[0]),
    [`server/src/rules/${alone.page}.md`],
  );
});

test('an id twice and a missing fixed example are told', () => {
  assert.ok(added([...allRules, known]).some((fault) => fault.includes('two rules')));
  const withoutFix = allRules.find((rule) => !rule.hasFix);
  assert.ok(withoutFix);
  const promised = added(allRules.map((rule) => (rule === withoutFix ? { ...rule, hasFix: true } : rule)));
  assert.ok(promised.some((fault) => fault.includes('under Fixed')));
});

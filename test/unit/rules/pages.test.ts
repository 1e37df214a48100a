/** Every rule is tested by the examples of its own page. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { checkText } from '../../../server/src/check.ts';
import { applyEdits, type Finding } from '../../../server/src/finding.ts';
import { allRules } from '../../../server/src/rules/index.ts';
import { ROOT } from '../../support/root.ts';
import { asDomain, type Examples, examplesOf, readPage } from '../../support/rulePages.ts';

/** Findings that a clean example must not have: its own rule's, and whatever an expert would object to. */
function objections(text: string, rule: string, hosts: Examples['hosts']): string[] {
  return checkText(text, undefined, hosts)
    .filter((finding) => finding.rule === rule || finding.severity === 'error' || finding.severity === 'warning')
    .map((finding) => `${finding.rule}: ${finding.message}`);
}

function firstOf(text: string, rule: string, hosts: Examples['hosts']): Finding {
  const all = checkText(text, undefined, hosts);
  const finding = all.find((candidate) => candidate.rule === rule);
  assert.ok(finding, `${rule} says nothing of\n${text}\nothers: ${all.map((f) => f.rule)}`);
  return finding;
}

describe('rule pages', () => {
  test('ids are unique', () => {
    const ids = allRules.map((rule) => rule.id);
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      [],
    );
  });

  for (const rule of allRules) {
    test(rule.id, () => {
      assert.ok(existsSync(path.join(ROOT, 'server/src/rules', `${rule.page}.md`)), `no page ${rule.page}.md`);
      const examples = examplesOf(readPage(rule.page), rule.id, rule.page);
      assert.ok(examples.bad.length > 0, 'the page has no example under Bad');
      assert.ok(examples.good.length > 0 || examples.fixed.length > 0, 'the page has no example under Good or Fixed');
      if (rule.hasFix)
        assert.equal(examples.fixed.length, examples.bad.length, 'one example under Fixed for each under Bad');

      examples.bad.forEach((bad, index) => {
        const text = asDomain(bad);
        const finding = firstOf(text, rule.id, examples.hosts);
        assert.equal(finding.severity, rule.severity);
        assert.ok(finding.start < finding.end && finding.end <= text.length, 'the finding has a place');
        const errors = checkText(text).filter((other) => /^(xml|grammar)\//.test(other.rule));
        if (rule.severity !== 'error')
          assert.deepEqual(errors, [], 'a bad example of advice is valid against the grammar');
        const fixed = examples.fixed[index];
        if (!rule.hasFix || fixed === undefined) return;
        const [fix] = finding.fixes();
        assert.ok(fix, 'the rule has a fix, yet offers none here');
        assert.equal(applyEdits(text, fix.edits), asDomain(fixed), `fix "${fix.title}"`);
      });
      for (const clean of [...examples.fixed, ...examples.good]) {
        assert.deepEqual(objections(asDomain(clean), rule.id, examples.hosts), [], `not clean:\n${clean}`);
      }
    });
  }
});

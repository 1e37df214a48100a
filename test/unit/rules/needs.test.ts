/** A rule that names what it needs says the same as if it were asked of every document. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Domain } from '../../../server/src/domain/domain.ts';
import { chooseHosts } from '../../../server/src/domain/hosts.ts';
import { RuleIndex } from '../../../server/src/rules/asked.ts';
import { allRules } from '../../../server/src/rules/index.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { Random } from '../../support/random.ts';
import { asDomain, type Examples, examplesOf, readPage } from '../../support/rulePages.ts';

const MUTANTS = 1200;

/** Texts with the hosts that they are for. */
function examples(): ReadonlyMap<string, Examples['hosts']> {
  const texts = allRules.flatMap(({ id, page }) => {
    const { bad, fixed, good, hosts } = examplesOf(readPage(page), id, page);
    return [...bad, ...fixed, ...good].map((text) => [asDomain(text), hosts] as const);
  });
  return new Map(texts);
}

/** Without one or two of its attributes or empty elements: what makes an optional name absent. */
function mutant(text: string, random: Random): string {
  let left = text;
  for (let round = 0; round <= random.below(2); round++) {
    const parts = [...left.matchAll(random.below(2) ? / [\w:-]+=('[^']*'|"[^"]*")/g : /<\w+[^<>]*\/>/g)];
    const part = parts[random.below(parts.length || 1)];
    if (part) left = left.slice(0, part.index) + left.slice(part.index + part[0].length);
  }
  return left;
}

test('what a rule needs is what it cannot do without', () => {
  const random = new Random(11);
  const texts = [...examples()];
  const mutants = Array.from({ length: MUTANTS }, () => {
    const [text = '', hosts = []] = texts[random.below(texts.length)] ?? [];
    return [mutant(text, random), hosts] as const;
  });
  const index = new RuleIndex(allRules);
  const wrong = new Set<string>();
  for (const [text, hosts] of [...texts, ...mutants]) {
    const document = parseXml(text);
    chooseHosts(document, hosts);
    if (document.root?.name !== 'domain') continue;
    const domain = new Domain(document, document.root);
    const asked = new Set(index.askedOf(domain));
    for (const rule of allRules)
      if (!asked.has(rule) && rule.check(domain).length > 0) wrong.add(`${rule.id} in\n${text}`);
  }
  assert.deepEqual([...wrong], []);
});

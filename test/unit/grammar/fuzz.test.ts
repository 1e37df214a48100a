import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyEdits } from '../../../server/src/finding.ts';
import { domainGrammar } from '../../../server/src/grammar/builtIn.ts';
import { attributesAt, attributeValuesAt, elementsAt, textValuesAt } from '../../../server/src/grammar/complete.ts';
import { describeAttribute, describeElement } from '../../../server/src/grammar/describe.ts';
import { grammarFindings } from '../../../server/src/grammar/findings.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { descendants } from '../../../server/src/xml/query.ts';
import { Random } from '../../support/random.ts';
import { sampleDomains } from '../xml/sampleDomains.ts';

const grammar = domainGrammar();
const scraps = [
  '<',
  '>',
  '/',
  "'",
  '"',
  '&',
  ' ',
  '=',
  '\n',
  '<disk>',
  '</disk>',
  "type='pci'",
  '<target',
  'x',
  '0',
  '<!--',
  ':',
  '</',
] as const;

/** Some cuts, repetitions and scraps at random places. */
function damaged(text: string, random: Random): string {
  let result = text;
  for (let count = 1 + random.below(4); count > 0; count--) {
    const at = random.below(result.length);
    const end = Math.min(result.length, at + random.below(30));
    const middle = [() => '', () => random.pick(scraps), () => result.slice(at, end).repeat(2)] as const;
    result = result.slice(0, at) + random.pick(middle)() + result.slice(end);
  }
  return result;
}

describe('the grammar with damaged documents', () => {
  it('finds only what lies inside, and every fix applies and mends', () => {
    const random = new Random(20);
    let fixed = 0;
    for (let round = 0; round < 400; round++) {
      const text = damaged(random.pick(sampleDomains), random);
      const document = parseXml(text);
      const findings = grammarFindings(grammar.examine(document));
      for (const { start, end } of findings) assert.ok(start >= 0 && start <= end && end <= text.length);
      for (const finding of findings.slice(0, 2))
        for (const fix of finding.fixes().slice(0, 2)) {
          for (const edit of fix.edits) assert.ok(edit.start >= 0 && edit.start <= edit.end && edit.end <= text.length);
          const after = parseXml(applyEdits(text, fix.edits));
          assert.ok(grammar.check(after).length < findings.length, `${fix.title}\n${text}`);
          fixed++;
        }
    }
    assert.ok(fixed > 100, `${fixed} fixes`);
  });

  it('answers every question about every token', () => {
    const random = new Random(21);
    for (let round = 0; round < 60; round++) {
      const document = parseXml(damaged(random.pick(sampleDomains), random));
      for (const element of document.root ? descendants(document.root) : []) {
        elementsAt(grammar, document, element, element.startTagEnd);
        attributesAt(grammar, document, element);
        textValuesAt(grammar, document, element);
        describeElement(grammar, document, element);
        for (const attribute of element.attributes) {
          attributeValuesAt(grammar, document, element, attribute);
          describeAttribute(grammar, document, element, attribute);
        }
      }
    }
  });
});

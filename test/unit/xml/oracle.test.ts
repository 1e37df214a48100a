import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyEdits, type TextEdit } from '../../../server/src/finding.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { Random } from '../../support/random.ts';
import { complaintOfSaxes } from '../../support/wellFormed.ts';
import { sampleDomains } from './sampleDomains.ts';

const DOCUMENTS = 1500;

/** What people and programs get wrong, and some things that look wrong and are not. */
const fragments: readonly [string, ...string[]] = [
  '<',
  ...['>', '/', '"', "'", '=', '&', ';', ' ', '-', '--', '-->', '<!--', ']]>', '<![CDATA[', '?>', '\u0001', '\ufffe'],
  ...[
    '<a>',
    '</a>',
    '<a/>',
    '<a b>',
    "<a b='1' b='2'/>",
    '<a b=1/>',
    '<x:a/>',
    "<a x:b='1'/>",
    '<!-- a -->',
    '<!-- a -- b -->',
  ],
  ...[
    '&amp;',
    '&lt',
    '&foo;',
    '&#65;',
    '&#x41;',
    '&#0;',
    '&#xd800;',
    '&#;',
    '<?xml version="1.0"?>',
    '<?pi x?>',
    '<? pi?>',
  ],
  ...[
    '<!DOCTYPE a>',
    '<!ELEMENT a>',
    'é',
    '😀',
    '\r\n',
    '<é/>',
    '<1/>',
    "<a b='<'/>",
    '<a b=">"/>',
    '<a  b = "1" />',
    '</ a>',
  ],
];

/** One place of the text changed: something put in, taken out, or one character replaced. */
function mutate(text: string, random: Random): TextEdit {
  const start = random.below(text.length + 1);
  const after = (length: number) => Math.min(start + length, text.length);
  const kind = random.below(4);
  if (kind === 0) return { start, end: start, newText: random.pick(fragments) };
  if (kind === 1) return { start, end: after(1), newText: '' };
  if (kind === 2) return { start, end: after(1 + random.below(30)), newText: '' };
  return { start, end: after(1), newText: String.fromCharCode(33 + random.below(94)) };
}

/** Where the two judges differ with good reason, by what saxes says. */
const justified: readonly { readonly reason: string; readonly complaint: RegExp }[] = [
  {
    reason:
      'libxml2 takes `:a`, `a:` and `a:b:c` for plain names, so libvirt reads the document; the grammar judges the name',
    complaint: /: malformed name: /,
  },
];

describe('well-formed or not', () => {
  it(`agrees with saxes on ${DOCUMENTS} changed documents`, (test) => {
    const random = new Random(20);
    let broken = 0;
    const differing: string[] = [];
    for (let count = 0; count < DOCUMENTS; count++) {
      const sample = random.pick(sampleDomains);
      const edit = mutate(sample, random);
      const text = applyEdits(sample, [edit]);
      const complaint = complaintOfSaxes(text);
      if (complaint) broken++;
      const problems = parseXml(text).problems;
      if (problems.length > 0 === (complaint !== null)) continue;
      if (complaint && justified.some((exception) => exception.complaint.test(complaint))) continue;
      const around = text.slice(Math.max(0, edit.start - 30), edit.start + 40);
      differing.push(`${JSON.stringify(around)}: saxes ${complaint}; here ${problems.map(({ code }) => code)}`);
    }
    test.diagnostic(`${broken} of ${DOCUMENTS} are broken`);
    assert.ok(broken > DOCUMENTS / 3 && broken < DOCUMENTS, 'the changes are a fair mix');
    assert.deepEqual(differing, []);
  });
});

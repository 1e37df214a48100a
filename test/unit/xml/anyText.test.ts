import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyEdits, type TextEdit } from '../../../server/src/finding.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { MOST_PROBLEMS } from '../../../server/src/xml/parseState.ts';
import { wellFormednessFindings } from '../../../server/src/xml/problems.ts';
import { pathOf } from '../../../server/src/xml/query.ts';
import type { Span, XmlDocument, XmlElement } from '../../../server/src/xml/tree.ts';
import { Random } from '../../support/random.ts';
import { sampleDomains } from './sampleDomains.ts';

const EDITS = 20_000;
const EDITS_IN_A_ROW = 12;
const LONGEST_RUN_MS = 60_000;

const typed = [
  '<',
  '>',
  '/',
  "'",
  '"',
  '=',
  '&',
  ' ',
  '\n',
  '\t',
  'a',
  '<!--',
  '-->',
  ']]>',
  '<![CDATA[',
  '?>',
  '\0',
  '\ud800',
] as const;

function randomEdit(text: string, random: Random): TextEdit {
  const start = random.below(text.length + 1);
  const end = Math.min(text.length, start + (random.below(3) === 0 ? random.below(40) : random.below(2)));
  const other = random.below(text.length + 1);
  const newText =
    random.below(2) === 0
      ? ''
      : random.below(3) === 0
        ? text.slice(other, other + random.below(60))
        : random.pick(typed);
  return { start, end, newText };
}

/** Every span lies in the text and in its parent, after its elder sibling, and every child knows its parent. */
function checkTree(document: XmlDocument): void {
  const { text, root, comments, problems } = document;
  const inside = (inner: Span, outer: Span, what: string) =>
    assert.ok(outer.start <= inner.start && inner.start <= inner.end && inner.end <= outer.end, what);
  const whole = { start: 0, end: text.length };
  for (const problem of problems) inside(problem, whole, problem.code);
  for (const comment of comments) inside(comment, whole, 'comment');
  assert.ok(problems.length <= MOST_PROBLEMS);
  const stack: XmlElement[] = root ? [root] : [];
  if (root) inside(root, whole, 'root');
  for (let at = stack.pop(); at; at = stack.pop()) {
    inside({ start: at.nameStart, end: at.nameEnd }, { start: at.start, end: at.startTagEnd }, 'name');
    if (at.name) assert.equal(text.slice(at.nameStart, at.nameEnd), at.name);
    let attributesFrom = at.nameEnd;
    for (const attribute of at.attributes) {
      inside(
        { start: attribute.nameStart, end: attribute.nameEnd },
        { start: attributesFrom, end: at.startTagEnd },
        'attribute',
      );
      if (attribute.valueStart >= 0) {
        inside(
          { start: attribute.valueStart, end: attribute.valueEnd },
          { start: attribute.equals, end: at.startTagEnd },
          'value',
        );
      }
      assert.equal(attribute.parent, at);
      attributesFrom = Math.max(attribute.nameEnd, attribute.valueEnd);
    }
    const contentEnd = at.endTagStart < 0 ? at.end : at.endTagStart;
    inside({ start: at.startTagEnd, end: contentEnd }, at, 'content');
    let from = at.startTagEnd;
    for (const child of at.children) {
      inside(child, { start: from, end: contentEnd }, `child of ${at.name}`);
      from = child.end;
      if (child.kind === 'text') continue;
      assert.equal(child.parent, at);
      stack.push(child);
    }
  }
}

describe('any text at all', () => {
  it(`gives a sound tree after each of ${EDITS} random edits`, () => {
    const random = new Random(4);
    const begin = performance.now();
    let text: string = sampleDomains[0];
    for (let count = 0; count < EDITS; count++) {
      if (count % EDITS_IN_A_ROW === 0) text = random.pick(sampleDomains);
      text = applyEdits(text, [randomEdit(text, random)]);
      const document = parseXml(text);
      try {
        checkTree(document);
        if (count % 10 === 0) {
          for (const finding of wellFormednessFindings(document)) {
            for (const fix of finding.fixes()) applyEdits(text, fix.edits);
          }
        }
      } catch (error) {
        assert.fail(`edit ${count}: ${error}\n${JSON.stringify(text)}`);
      }
    }
    assert.ok(performance.now() - begin < LONGEST_RUN_MS);
  });
});

/** One character of the markup deleted, a line cut off, or a line deleted. */
function breakage(text: string, random: Random): TextEdit {
  const kind = random.pick(['<', '>', '/', 'quote', 'cut', 'line'] as const);
  if (kind === 'cut' || kind === 'line') {
    const start = text.lastIndexOf('\n', random.below(text.length - 2)) + 1;
    const end = text.indexOf('\n', start);
    const middle = start + random.below(Math.max(1, end - start));
    return kind === 'cut' ? { start: middle, end, newText: '' } : { start, end: end + 1, newText: '' };
  }
  const pattern = kind === 'quote' ? /['"]/g : new RegExp(kind, 'g');
  const places = [...text.matchAll(pattern)].map(({ index }) => index);
  const start = places[random.below(places.length)] ?? 0;
  return { start, end: start + 1, newText: '' };
}

/** Start offset → path of every element. */
function paths(text: string): Map<number, string> {
  const found = new Map<number, string>();
  const { root } = parseXml(text);
  const stack = root ? [root] : [];
  for (let at = stack.pop(); at; at = stack.pop()) {
    found.set(at.start, pathOf(at).join('/'));
    for (const child of at.children) if (child.kind === 'element' && child.name) stack.push(child);
  }
  return found;
}

describe('one breakage', () => {
  it('leaves at least 90 % of the elements at their path, on average', (test) => {
    const random = new Random(36);
    const shares: number[] = [];
    for (let count = 0; count < 720; count++) {
      const text = random.pick(sampleDomains);
      const edit = breakage(text, random);
      const shift = edit.newText.length - (edit.end - edit.start);
      const broken = paths(applyEdits(text, [edit]));
      let expected = 0;
      let kept = 0;
      for (const [start, path] of paths(text)) {
        if (start >= edit.start && start < edit.end) continue; // deleted itself
        expected++;
        if (broken.get(start < edit.start ? start : start + shift) === path) kept++;
      }
      shares.push(kept / expected);
    }
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    const good = shares.filter((share) => share >= 0.9).length / shares.length;
    test.diagnostic(`kept ${(100 * mean).toFixed(1)} % on average; ${(100 * good).toFixed(0)} % of texts keep 90 %`);
    assert.ok(mean >= 0.9);
  });
});

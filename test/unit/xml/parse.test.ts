import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyEdits } from '../../../server/src/finding.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { wellFormednessFindings } from '../../../server/src/xml/problems.ts';
import { attribute, child, textOf } from '../../../server/src/xml/query.ts';
import { complaintOfSaxes } from '../../support/wellFormed.ts';
import { outline } from '../../support/xmlOutline.ts';
import { brokenTexts } from './brokenTexts.ts';

/** Takes the marks out of a text; the spans refer to the text without them. */
function readMarks(marked: string) {
  const spans: { start: number; end: number }[] = [];
  let text = '';
  for (const [index, part] of marked.split(/[⟦⟧]/).entries()) {
    if (index % 2 === 1) spans.push({ start: text.length, end: text.length + part.length });
    text += part;
  }
  return { text, spans };
}

describe('broken text', () => {
  for (const { title, text: marked, problems, tree, mended } of brokenTexts) {
    it(title, () => {
      const { text, spans } = readMarks(marked);
      const document = parseXml(text);
      assert.deepEqual(
        document.problems.map(({ code, start, end }) => ({ code, start, end })),
        problems.map((code, index) => ({ code, ...spans[index] })),
      );
      assert.equal(outline(document), tree);

      let repaired = text;
      for (let rounds = 0; rounds < problems.length; rounds++) {
        const first = wellFormednessFindings(parseXml(repaired))[0];
        repaired = applyEdits(repaired, first?.fixes()[0]?.edits ?? []);
      }
      assert.equal(repaired, mended);
      assert.equal(complaintOfSaxes(repaired), null);
      assert.deepEqual(parseXml(repaired).problems, []);
    });
  }

  it('is told in words that name the place and what to do', () => {
    for (const { text: marked } of brokenTexts) {
      for (const { message, rule, page } of wellFormednessFindings(parseXml(readMarks(marked).text))) {
        assert.match(message, /^[A-Z`].*\.$/s, rule);
        assert.doesNotMatch(message, /undefined|null/, rule);
        assert.equal(page, 'xml/well-formed');
      }
    }
  });

  it('offers both ways out where tags do not match', () => {
    const fixes = wellFormednessFindings(parseXml('<d><nme>x</name></d>'))[0]?.fixes() ?? [];
    assert.deepEqual(
      fixes.map((fix) => applyEdits('<d><nme>x</name></d>', fix.edits)),
      ['<d><nme>x</nme></d>', '<d><name>x</name></d>'],
    );
  });

  it('is an error, save what libvirt accepts', () => {
    const severity = (text: string) => wellFormednessFindings(parseXml(text)).map((finding) => finding.severity);
    assert.deepEqual(severity('<d><a></d>'), ['error']);
    assert.deepEqual(severity('<d><qemu:commandline/></d>'), ['warning']);
  });
});

describe('positions', () => {
  const text = `<?xml version='1.0'?>\r\n<!-- c -->\r\n<d a = "1&amp;2">\n  <e/>\n  <f>x&lt;<![CDATA[<y>]]></f >\n</d>\n`;
  const document = parseXml(text);

  it('gives each token its span', () => {
    const { root, comments, problems } = document;
    assert.deepEqual(problems, []);
    assert.ok(root);
    assert.equal(comments.map(({ start, end }) => text.slice(start, end)).join(), '<!-- c -->');
    assert.equal(text.slice(root.start, root.startTagEnd), '<d a = "1&amp;2">');
    assert.equal(text.slice(root.nameStart, root.nameEnd), 'd');
    assert.equal(text.slice(root.endTagStart, root.end), '</d>');
    assert.equal(root.parent, null);
    const a = attribute(root, 'a');
    assert.ok(a);
    assert.equal(text[a.equals], '=');
    assert.equal(text.slice(a.valueStart, a.valueEnd), '1&amp;2');
    assert.deepEqual([a.value, a.quote, a.closed], ['1&2', '"', true]);
    const f = child(root, 'f');
    assert.ok(f);
    assert.equal(textOf(f), 'x<<y>');
    assert.deepEqual(
      f.children.map((node) => text.slice(node.start, node.end)),
      ['x&lt;', '<y>'],
    );
    assert.equal(text.slice(f.endTagNameStart, f.end), 'f >');
    const e = child(root, 'e');
    assert.deepEqual([e?.selfClosing, e?.startTagClosed, e?.endTagStart, e?.parent], [true, true, -1, root]);
  });

  it('begins after a byte order mark', () => {
    assert.deepEqual(parseXml(`\ufeff<?xml version='1.0'?><d/>`).problems, []);
  });
});

describe('declarations', () => {
  it('knows the entities that the document declares, and expands none', () => {
    const document = parseXml(`<!DOCTYPE d [<!ENTITY x "<y>"> <!-- ' -->]><d>&x;&z;</d>`);
    assert.equal(outline(document), 'd("&x;&z;")');
    assert.deepEqual(
      document.problems.map(({ code, name }) => `${code} ${name}`),
      ['unknown-entity z'],
    );
  });

  it('says nothing of entities that may be declared elsewhere', () => {
    assert.deepEqual(parseXml(`<!DOCTYPE d SYSTEM "d.dtd"><d>&x;</d>`).problems, []);
    assert.deepEqual(parseXml(`<!DOCTYPE d [<!ENTITY % p "x"> %p;]><d>&x;</d>`).problems, []);
  });

  it('finds prefixes bound around and beside their use, and nowhere else', () => {
    const text = `<d xmlns:q='u'><q:a q:b='1' xml:lang='en'/><e xmlns:r='v' r:c='1'><r:f/></e><r:g/></d>`;
    assert.deepEqual(
      parseXml(text).problems.map(({ code, start, end }) => [code, text.slice(start, end), start]),
      [['unbound-prefix', 'r', text.indexOf('r:g')]],
    );
  });
});

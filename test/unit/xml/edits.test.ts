import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyEdits, type TextEdit } from '../../../server/src/finding.ts';
import * as edits from '../../../server/src/xml/edits.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { attribute, child } from '../../../server/src/xml/query.ts';
import type { XmlAttribute, XmlDocument, XmlElement } from '../../../server/src/xml/tree.ts';

/** The element at a path of names below the root, or the root itself. */
function at(document: XmlDocument, ...path: string[]): XmlElement {
  assert.ok(document.root);
  const element = child(document.root, ...path);
  assert.ok(element, path.join('/'));
  return element;
}

function attributeAt(element: XmlElement, name: string): XmlAttribute {
  const found = attribute(element, name);
  assert.ok(found, name);
  return found;
}

function check(text: string, edit: (document: XmlDocument) => TextEdit[], expected: string) {
  const result = applyEdits(text, edit(parseXml(text)));
  assert.equal(result, expected);
  assert.deepEqual(parseXml(result).problems, []);
}

describe('attribute edits', () => {
  const cases: [title: string, before: string, edit: (document: XmlDocument) => TextEdit[], after: string][] = [
    ['replaces a value', `<a b="1"/>`, (d) => edits.setAttribute(at(d), 'b', 'x"&<', d), `<a b="x&quot;&amp;&lt;"/>`],
    [
      'adds after the last, in its quotes',
      `<a b="1" />`,
      (d) => edits.setAttribute(at(d), 'c', '2', d),
      `<a b="1" c="2" />`,
    ],
    ['adds the first', `<a/>`, (d) => edits.setAttribute(at(d), 'c', "it's", d), `<a c='it&apos;s'/>`],
    [
      'adds the first in the quotes of the document',
      `<a x="1"><b></b></a>`,
      (d) => edits.setAttribute(at(d, 'b'), 'c', '', d),
      `<a x="1"><b c=""></b></a>`,
    ],
    [
      'adds on a line of its own',
      `<a b='1'\n   c='2'>x</a>`,
      (d) => edits.setAttribute(at(d), 'd', '3', d),
      `<a b='1'\n   c='2'\n   d='3'>x</a>`,
    ],
    ['gives a value', `<a b c='1'/>`, (d) => edits.setAttribute(at(d), 'b', '2', d), `<a b='2' c='1'/>`],
    ['gives a value after `=`', `<a b= />`, (d) => edits.setAttribute(at(d), 'b', '2', d), `<a b='2' />`],
    ['mends an unquoted value', `<a b=1/>`, (d) => edits.setAttribute(at(d), 'b', '2', d), `<a b='2'/>`],
    ['mends a value without opening quote', `<a b=1'/>`, (d) => edits.setAttribute(at(d), 'b', '2', d), `<a b='2'/>`],
    ['mends an unclosed value', `<a b='1/>`, (d) => edits.setAttribute(at(d), 'b', '2', d), `<a b='2'/>`],
    [
      'mends a value with two kinds of quotes',
      `<a b='1"/>`,
      (d) => edits.setAttribute(at(d), 'b', '2', d),
      `<a b='2'/>`,
    ],
    [
      'removes with the blanks before',
      `<a  b='1' c='2'/>`,
      (d) => edits.removeAttribute(attributeAt(at(d), 'b'), d),
      `<a c='2'/>`,
    ],
    [
      'removes one without a value',
      `<a b c='2'/>`,
      (d) => edits.removeAttribute(attributeAt(at(d), 'b'), d),
      `<a c='2'/>`,
    ],
    ['renames', `<a b='1'/>`, (d) => edits.renameAttribute(attributeAt(at(d), 'b'), 'c'), `<a c='1'/>`],
  ];
  for (const [title, before, edit, after] of cases) it(title, () => check(before, edit, after));

  it('adds nothing behind a value that is never closed: it would swallow it', () => {
    for (const [before, after] of [
      [`<a b='1' c="u />`, `<a b='1' d='2' c="u />`],
      [`<a c="u />`, `<a d="2" c="u />`],
    ] as const) {
      const document = parseXml(before);
      assert.equal(applyEdits(before, edits.setAttribute(at(document), 'd', '2', document)), after);
    }
  });
});

describe('element edits', () => {
  const cases: [title: string, before: string, edit: (document: XmlDocument) => TextEdit[], after: string][] = [
    ['sets text', `<a>x</a>`, (d) => edits.setText(at(d), 'a<b]]>&'), `<a>a&lt;b]]&gt;&amp;</a>`],
    ['sets text in a self-closing element', `<a b='1' />`, (d) => edits.setText(at(d), 'x'), `<a b='1'>x</a>`],
    [
      'removes the whole line',
      `<a>\n  <b/>\n  <c/>\n</a>`,
      (d) => edits.removeElement(at(d, 'b'), d),
      `<a>\n  <c/>\n</a>`,
    ],
    [
      'removes the whole line with CRLF',
      `<a>\r\n  <b/> \r\n  <c/>\r\n</a>`,
      (d) => edits.removeElement(at(d, 'b'), d),
      `<a>\r\n  <c/>\r\n</a>`,
    ],
    [
      'removes several lines',
      `<a>\n  <b>\n    x\n  </b>\n</a>`,
      (d) => edits.removeElement(at(d, 'b'), d),
      `<a>\n</a>`,
    ],
    ['removes inside a line', `<a><b/><c/></a>`, (d) => edits.removeElement(at(d, 'b'), d), `<a><c/></a>`],
    [
      'keeps what shares the line',
      `<a>\n  <b/> <!-- c -->\n</a>`,
      (d) => edits.removeElement(at(d, 'b'), d),
      `<a>\n   <!-- c -->\n</a>`,
    ],
    ['renames both tags', `<a>\n<b>x</b>\n</a>`, (d) => edits.renameElement(at(d, 'b'), 'cd'), `<a>\n<cd>x</cd>\n</a>`],
    ['renames a self-closing element', `<a/>`, (d) => edits.renameElement(at(d), 'cd'), `<cd/>`],
  ];
  for (const [title, before, edit, after] of cases) it(title, () => check(before, edit, after));
});

describe('inserting', () => {
  const snippet = `<n>\n  <m/>\n</n>`;
  const cases: [title: string, before: string, edit: (document: XmlDocument) => TextEdit[], after: string][] = [
    ['as the last child', `<a>\n  <b/>\n</a>`, (d) => edits.insertChild(at(d), '<c/>', d), `<a>\n  <b/>\n  <c/>\n</a>`],
    [
      'as the first child',
      `<a>\n  <b/>\n</a>`,
      (d) => edits.insertChild(at(d), '<c/>', d, { first: true }),
      `<a>\n  <c/>\n  <b/>\n</a>`,
    ],
    [
      'after a child',
      `<a>\n  <b/>\n  <d/>\n</a>`,
      (d) => edits.insertChild(at(d), '<c/>', d, { after: at(d, 'b') }),
      `<a>\n  <b/>\n  <c/>\n  <d/>\n</a>`,
    ],
    [
      'behind the remark in the line',
      `<a>\n  <b/> <!-- x -->\n  <d/>\n</a>`,
      (d) => edits.insertAfter(at(d, 'b'), '<c/>', d),
      `<a>\n  <b/> <!-- x -->\n  <c/>\n  <d/>\n</a>`,
    ],
    [
      'several lines',
      `<a>\n    <b>\n        <x/>\n    </b>\n</a>`,
      (d) => edits.insertChild(at(d, 'b'), snippet, d),
      `<a>\n    <b>\n        <x/>\n        <n>\n            <m/>\n        </n>\n    </b>\n</a>`,
    ],
    [
      'with tabs',
      `<a>\n\t<b/>\n</a>`,
      (d) => edits.insertChild(at(d), snippet, d),
      `<a>\n\t<b/>\n\t<n>\n\t\t<m/>\n\t</n>\n</a>`,
    ],
    [
      'with CRLF',
      `<a>\r\n  <b/>\r\n</a>`,
      (d) => edits.insertChild(at(d), snippet, d),
      `<a>\r\n  <b/>\r\n  <n>\r\n    <m/>\r\n  </n>\r\n</a>`,
    ],
    [
      'opening a self-closing parent',
      `<a>\n  <b x='1' />\n</a>`,
      (d) => edits.insertChild(at(d, 'b'), '<c/>', d),
      `<a>\n  <b x='1'>\n    <c/>\n  </b>\n</a>`,
    ],
    [
      'into an empty pair',
      `<a>\n  <b></b>\n</a>`,
      (d) => edits.insertChild(at(d, 'b'), '<c/>', d),
      `<a>\n  <b>\n    <c/>\n  </b>\n</a>`,
    ],
    [
      'into a pair with a blank line',
      `<a>\n  <b>\n  </b>\n</a>`,
      (d) => edits.insertChild(at(d, 'b'), '<c/>', d),
      `<a>\n  <b>\n    <c/>\n  </b>\n</a>`,
    ],
    [
      'behind a lone comment',
      `<a>\n  <!-- x -->\n</a>`,
      (d) => edits.insertChild(at(d), '<c/>', d),
      `<a>\n  <!-- x -->\n  <c/>\n</a>`,
    ],
    ['in a line', `<a><b/></a>`, (d) => edits.insertChild(at(d), '<c/>', d), `<a><b/><c/></a>`],
    [
      'before a sibling',
      `<a>\n  <b/>\n</a>`,
      (d) => edits.insertBefore(at(d, 'b'), snippet, d),
      `<a>\n  <n>\n    <m/>\n  </n>\n  <b/>\n</a>`,
    ],
  ];
  for (const [title, before, edit, after] of cases) it(title, () => check(before, edit, after));

  const before: [title: string, text: string, after: string][] = [
    [
      'with its comments',
      `<a>\n  <!-- 1\n 1 -->\n\n  <!-- 2 --> <!-- 3 -->\n  <b/>\n</a>`,
      `<a>\n  <c/>\n  <!-- 1\n 1 -->\n\n  <!-- 2 --> <!-- 3 -->\n  <b/>\n</a>`,
    ],
    ['with a comment in its line', `<a>\n  <!-- 1 --> <b/>\n</a>`, `<a>\n  <c/>\n  <!-- 1 --> <b/>\n</a>`],
    [
      'behind remarks on others',
      `<a> <!-- 1 -->\n  <x/> <!-- 2 -->\n  <b/>\n</a>`,
      `<a> <!-- 1 -->\n  <x/> <!-- 2 -->\n  <c/>\n  <b/>\n</a>`,
    ],
    ['behind a remark on the parent', `<a> <!-- 1 -->\n  <b/>\n</a>`, `<a> <!-- 1 -->\n  <c/>\n  <b/>\n</a>`],
    [
      'behind the end of a region',
      `<a>\n  <!-- #endregion -->\n  <!-- 1 -->\n  <b/>\n</a>`,
      `<a>\n  <!-- #endregion -->\n  <c/>\n  <!-- 1 -->\n  <b/>\n</a>`,
    ],
    ['behind text', `<a>\n  <!-- 1 -->\n  x\n  <b/>\n</a>`, `<a>\n  <!-- 1 -->\n  x\n  <c/>\n  <b/>\n</a>`],
    ['in one line', `<a><!-- 1 --><b/></a>`, `<a><c/><!-- 1 --><b/></a>`],
    ['in one line with others', `<a><x/><!-- 1 --><b/></a>`, `<a><x/><!-- 1 --><c/><b/></a>`],
  ];
  for (const [title, text, after] of before)
    it(`before a sibling ${title}`, () => check(text, (d) => edits.insertBefore(at(d, 'b'), '<c/>', d), after));

  it('adds a comment below those that are there', () =>
    check(
      `<a>\n  <!-- 1 -->\n  <b/>\n</a>`,
      (d) => edits.insertComment(at(d, 'b'), '<!-- 2 -->', d),
      `<a>\n  <!-- 1 -->\n  <!-- 2 -->\n  <b/>\n</a>`,
    ));

  it('adds nothing behind an element that is never closed: it would swallow it', () => {
    const text = `<a>\n  <b>\n    <x/>\n</a>`;
    const document = parseXml(text);
    const result = applyEdits(text, edits.insertChild(at(document), '<c/>', document));
    assert.equal(result, `<a>\n  <c/>\n  <b>\n    <x/>\n</a>`);
  });

  it('lets several insertions at different places be applied together', () => {
    const text = `<a>\n  <b/>\n  <c/>\n</a>`;
    const document = parseXml(text);
    const both = [
      ...edits.insertAfter(at(document, 'b'), '<x/>', document),
      ...edits.insertAfter(at(document, 'c'), '<y/>', document),
    ];
    assert.equal(applyEdits(text, both), `<a>\n  <b/>\n  <x/>\n  <c/>\n  <y/>\n</a>`);
  });
});

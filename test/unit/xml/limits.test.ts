import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LARGEST_TEXT, parseXml } from '../../../server/src/xml/parse.ts';
import { DEEPEST_LEVEL, MOST_PROBLEMS } from '../../../server/src/xml/parseState.ts';
import { wellFormednessFindings } from '../../../server/src/xml/problems.ts';
import { attribute, childElements, descendants } from '../../../server/src/xml/query.ts';
import type { XmlDocument } from '../../../server/src/xml/tree.ts';

const LONGEST_MS = 2000;

/** Parses within the limit of processor time, which a busy machine does not stretch; the codes of the problems, each once. */
function parseInTime(text: string): { document: XmlDocument; codes: string[] } {
  const begin = process.cpuUsage();
  const document = parseXml(text);
  wellFormednessFindings(document);
  const { user, system } = process.cpuUsage(begin);
  const took = (user + system) / 1000;
  assert.ok(took < LONGEST_MS, `${took} ms`);
  assert.ok(document.problems.length <= MOST_PROBLEMS);
  return { document, codes: [...new Set(document.problems.map(({ code }) => code))] };
}

describe('bad input', () => {
  it('50 MB are not read', () => {
    const { document, codes } = parseInTime('<a>'.padEnd(50_000_000, 'x'));
    assert.deepEqual(codes, ['too-large']);
    assert.equal(document.root, null);
  });

  it('10 MiB are', () => {
    const text = `<a>${'<b c="1">x</b>\n'.repeat(700_000)}`.slice(0, LARGEST_TEXT - 4);
    assert.equal(parseXml(`${text.slice(0, text.lastIndexOf('<b'))}</a>`).problems.length, 0);
  });

  it('binary data is told at its first NUL', () => {
    const { document, codes } = parseInTime(`\u007fELF\u0002\0\0${'\0<&\u0003'.repeat(1_000_000)}`);
    assert.deepEqual(codes, ['not-text']);
    assert.deepEqual(document.problems[0]?.start, 5);
  });

  it('a billion laughs stay one word', () => {
    const entities = Array.from({ length: 20 }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`);
    const { document, codes } = parseInTime(
      `<!DOCTYPE a [<!ENTITY l0 "lol">${entities.join('')}]><a b='&l20;'>&l20;</a>`,
    );
    assert.deepEqual(codes, []);
    assert.deepEqual(
      document.root?.children.map((node) => node.kind === 'text' && node.value),
      ['&l20;'],
    );
    assert.equal(attribute(document.root ?? undefined, 'b')?.value, '&l20;');
  });

  it('what is nested too deeply stays flat', () => {
    const depth = 10_000;
    const { document, codes } = parseInTime(`${'<a>'.repeat(depth)}x${'</a>'.repeat(depth)}`);
    assert.deepEqual(codes, ['too-deep']);
    assert.equal(document.problems.length, 1);
    const all = document.root ? [...descendants(document.root)] : [];
    assert.equal(all.length, depth);
    let levels = 0;
    for (let at = all.at(-1) ?? null; at; at = at.parent) levels++;
    assert.equal(levels, DEEPEST_LEVEL + 1);
    assert.deepEqual(parseXml('<a>'.repeat(DEEPEST_LEVEL) + '</a>'.repeat(DEEPEST_LEVEL)).problems, []);
  });

  it('a value of 1 MB', () => {
    const { document } = parseInTime(`<a b='${'x &amp; '.repeat(140_000)}'/>`);
    assert.equal(attribute(document.root ?? undefined, 'b')?.value.length, 140_000 * 4);
  });

  it('50,000 attributes, each twice', () => {
    const many = Array.from({ length: 50_000 }, (_, index) => ` a${index}='1'`).join('');
    assert.deepEqual(parseInTime(`<a${many}/>`).codes, []);
    const { document, codes } = parseInTime(`<a${many}${many}/>`);
    assert.deepEqual(codes, ['duplicate-attribute']);
    assert.equal(document.root?.attributes.length, 100_000);
  });

  it('50,000 siblings', () => {
    const { document } = parseInTime(`<a>${'<b c="1"/>'.repeat(50_000)}</a>`);
    assert.equal(document.root ? childElements(document.root).length : 0, 50_000);
  });

  const length = 200_000;
  const repeated: readonly string[] = [
    ...[
      '<',
      '</',
      '<a',
      '<a ',
      '<a>',
      '<a b="',
      "<a b='x ",
      '<!--',
      '<!-- \n',
      '<!',
      '<?',
      '<?x ',
      '<![CDATA[',
      '<!DOCTYPE ',
    ],
    ...[
      '</a>',
      '<a></b>',
      '<a>\n</b>\n',
      '&',
      '&a',
      '&#',
      ']]>',
      '"',
      " a='",
      ' a=',
      '<a/',
      '<a\n<b>',
      '\u0001 ',
      'x:y ',
      '<x:y>',
    ],
    ...['<!DOCTYPE a [<', '<a b="<', '<a b=\'"', '\r', ' ', '<b></c></a>', '<a <b></a></c>', '<!----', '--', '\ud800'],
  ];
  for (const piece of repeated) {
    it(`200 kB of ${JSON.stringify(piece)}`, () => {
      parseInTime(piece.repeat(length / piece.length));
      parseInTime(`<r>\n${piece.repeat(length / piece.length)}\n</r>`);
      parseInTime(`<r ${piece.repeat(length / piece.length)}/>`);
      const nested = Array.from({ length: 250 }, (_, level) => `${' '.repeat(level)}<n${level}>\n`).join('');
      parseInTime(nested + piece.repeat(length / piece.length));
    });
  }
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { format } from '../../../server/src/features/formatting/format.ts';
import { libvirtStyle, styleOf } from '../../../server/src/features/formatting/style.ts';
import { applyEdits } from '../../../server/src/finding.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { Random } from '../../support/random.ts';
import { meaning, withBlanks } from '../../support/sameMeaning.ts';
import { sampleDomains } from '../xml/sampleDomains.ts';

const formatted = (text: string, style = libvirtStyle): string => withBlanks(text, format(parseXml(text), style));

test('an element a line, indented by its depth', () => {
  assert.equal(
    formatted(
      "<domain type='kvm'><name> vm </name>\n<devices>\n\t<disk><source file='/a'/></disk></devices></domain>\n\n",
    ),
    `<domain type='kvm'>
  <name> vm </name>
  <devices>
    <disk>
      <source file='/a'/>
    </disk>
  </devices>
</domain>

`,
  );
});

test('as the editor indents', () => {
  const text = '<domain><os><bootmenu/></os></domain>';
  assert.equal(formatted(text, styleOf(4, true)), '<domain>\n    <os>\n        <bootmenu/>\n    </os>\n</domain>');
  assert.equal(formatted(text, styleOf(4, false)), '<domain>\n\t<os>\n\t\t<bootmenu/>\n\t</os>\n</domain>');
  assert.equal(
    formatted(text.replace('>', '>\r\n'), styleOf(Number.NaN, true)),
    '<domain>\r\n  <os>\r\n    <bootmenu/>\r\n  </os>\r\n</domain>',
  );
});

test('blanks in start tags; quotes and values stay', () => {
  assert.equal(
    formatted(`<os   a = "1"\tb='x  y'  ><boot dev='hd'   /></os>`),
    `<os a="1" b='x  y'>\n  <boot dev='hd'/>\n</os>`,
  );
});

test('attributes on lines of their own stay below each other', () => {
  assert.equal(
    formatted(`<os><boot dev='hd'\n  order='1'\nx='2'/><bios\nuseserial='yes'\n      rebootTimeout='0'/></os>`),
    `<os>
  <boot dev='hd'
        order='1'
        x='2'/>
  <bios
    useserial='yes'
    rebootTimeout='0'/>
</os>`,
  );
});

test('text, CDATA, entities and processing instructions stay to the letter', () => {
  for (const content of [
    '\n two\n   lines ',
    '<![CDATA[ <a> ]]><b/>',
    '&#10;<b/>',
    '<?php  x ?><b/>',
    ' text <b  /> more',
    '   ',
    '\n',
  ]) {
    const text = `<domain>\n  <title>${content}</title>\n</domain>`;
    assert.equal(formatted(text), text);
  }
  const kept = "<a>\n  <b xml:space='preserve'><c/><d/></b>\n</a>";
  assert.equal(formatted(kept), kept);
});

describe('comments', () => {
  test('behind something in its line a comment stays there', () => {
    const text = `<os>  <!-- how it starts -->
  <boot dev='hd'/>   <!-- disk -->
  <!-- then --> <boot dev='network'/>
  <bootmenu><!-- none --></bootmenu>
</os>`;
    assert.equal(formatted(text), text.replace('then --> ', 'then -->\n  '));
  });

  test('the lines of a long one move together', () => {
    assert.equal(
      formatted('<os>\n      <!-- one\n           two\n\n   three\n        - four -->\n<bootmenu/>\n</os>'),
      '<os>\n  <!-- one\n       two\n\n   three\n    - four -->\n  <bootmenu/>\n</os>',
    );
  });
});

test('a blank line that parts things stays, more of them become one; none at the ends', () => {
  assert.equal(formatted('<os>\n\n\n<boot/>\n\n \n\n<bios/>\n\n</os>'), '<os>\n  <boot/>\n\n  <bios/>\n</os>');
});

test('what stands before and behind the root stays', () => {
  const text = "<?xml version='1.0'?>\n<!--\nWARNING\n-->\n\n\n<os>\n  <boot/>\n</os>\n<!-- end -->\n\n";
  assert.equal(formatted(text), text);
  assert.equal(formatted('\n   <os/>'), '\n<os/>');
});

test('only what XML calls blanks changes: other white space is text', () => {
  for (const space of ['\u00a0', '\u3000']) {
    const text = `<os>${space}<boot/>\n<bios/></os>`;
    assert.equal(formatted(text), text);
    assert.equal(formatted(`<os><boot ${space}/></os>`).includes(space), true);
  }
});

describe('of a broken document', () => {
  test('what is broken stays as it is, what is sound is laid out', () => {
    const text = `<domain>
<os><boot/></os>
<devices>
      <disk type='file'
<target   dev='vda'/>
  <sound/>   </devices><cpu/>
</domain>`;
    const after = formatted(text);
    assert.match(after, /^<domain>\n {2}<os>\n {4}<boot\/>\n {2}<\/os>\n {2}<devices>/);
    assert.ok(after.includes("\n      <disk type='file'\n"), after);
  });

  test('a tag with something wrong in it keeps its blanks', () => {
    for (const tag of ["<boot  dev = 'hd'  x/>", '<boot  dev = hd/>', "<boot  dev='a'dev='b'  />", "<boot  = 'a'/>"])
      assert.equal(formatted(`<os>\n  ${tag}\n</os>`), `<os>\n  ${tag}\n</os>`);
  });

  test('nothing at all where the root is not closed', () => {
    for (const text of ['<domain>\n<os/>', '<domain', '', 'no xml', '<']) assert.equal(formatted(text), text);
  });
});

test('a part of a document follows what stands around it', () => {
  const text = '<domain>\n      <os>\n<boot/><bios/>\n      </os>\n<cpu/>\n</domain>';
  const start = text.indexOf('<boot/>');
  assert.equal(
    applyEdits(text, format(parseXml(text), libvirtStyle, { start, end: start + 3 })),
    '<domain>\n      <os>\n        <boot/><bios/>\n      </os>\n<cpu/>\n</domain>',
  );
});

test('however blanks are strewn: the same is said, and laying out twice is laying out once', () => {
  const random = new Random(31);
  const blanks = ['', ' ', '\n', '\t', '\r\n', '  \n\n\n   ', '<!-- a\n  b -->', ' <!--c-->', '\n<?x y?>'] as const;
  for (let round = 0; round < 300; round++) {
    const text = random
      .pick(sampleDomains)
      .replace(/>\s*</g, (gap) => (random.below(3) ? gap : `>${random.pick(blanks)}<`))
      .replace(/(?<=<[^<>]*)\s(?=\w+=)/g, (gap) => (random.below(8) ? gap : random.pick(['  ', '\n', '\t\n  '])));
    const once = formatted(text);
    assert.deepEqual(meaning(once), meaning(text), text);
    assert.equal(formatted(once), once, text);
  }
});

test('a document in one line of a megabyte takes no longer than its length', () => {
  const text = `<domain><devices>${"<disk type='file'><target  dev='vda'/></disk>".repeat(25_000)}</devices></domain>`;
  const started = performance.now();
  assert.ok(format(parseXml(text), libvirtStyle).length > 50_000);
  assert.ok(performance.now() - started < 2000, `${performance.now() - started} ms`);
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Grammar } from '../../../server/src/grammar/grammar.ts';
import { accepts, compileFiles, grammarOf, schema } from './schemas.ts';

function grammarOfFiles(files: Readonly<Record<string, string>>): Grammar {
  const result = compileFiles(files);
  assert.ok(result.ok, result.ok ? '' : result.message);
  return new Grammar(result.table);
}

describe('compiling a schema', () => {
  it('takes the definitions of an included file', () => {
    const grammar = grammarOfFiles({
      'main.rng': schema('<include href="parts/more.rng"/><start><ref name="a"/></start>'),
      'parts/more.rng': schema(
        '<include href="../base.rng"/><define name="a"><element name="a"><ref name="b"/></element></define>',
      ),
      'base.rng': schema('<define name="b"><element name="b"><empty/></element></define>'),
    });
    assert.ok(accepts(grammar, '<a><b/></a>'));
    assert.ok(!accepts(grammar, '<a/>'));
  });

  it('lets an include override definitions, inside <div> too', () => {
    const grammar = grammarOfFiles({
      'main.rng': schema(
        '<include href="base.rng"><div><define name="b"><element name="c"><empty/></element></define></div></include>',
      ),
      'base.rng': schema(
        '<start><element name="a"><ref name="b"/></element></start><define name="b"><element name="b"><empty/></element></define>',
      ),
    });
    assert.ok(accepts(grammar, '<a><c/></a>'));
    assert.ok(!accepts(grammar, '<a><b/></a>'));
  });

  it('combines definitions by choice and by interleave', () => {
    const part = (combine: string, name: string) =>
      `<define name="x" combine="${combine}"><element name="${name}"><empty/></element></define>`;
    const start = '<element name="a"><ref name="x"/></element>';
    const choice = grammarOf(start, part('choice', 'b') + part('choice', 'c'));
    assert.deepEqual(
      ['<a><b/></a>', '<a><c/></a>', '<a><b/><c/></a>'].map((xml) => accepts(choice, xml)),
      [true, true, false],
    );
    const interleave = grammarOf(start, part('interleave', 'b') + part('interleave', 'c'));
    assert.deepEqual(
      ['<a><b/></a>', '<a><c/><b/></a>', '<a><b/><c/></a>'].map((xml) => accepts(interleave, xml)),
      [false, true, true],
    );
  });

  it('keeps the names of nested grammars apart, and reaches out by parentRef', () => {
    const grammar = grammarOf(
      '<element name="a"><grammar><start><ref name="x"/><parentRef name="x"/></start><define name="x"><element name="inner"><empty/></element></define></grammar></element>',
      '<define name="x"><element name="outer"><empty/></element></define>',
    );
    assert.ok(accepts(grammar, '<a><inner/><outer/></a>'));
  });

  it('follows externalRef', () => {
    const grammar = grammarOfFiles({
      'main.rng': schema('<start><element name="a"><externalRef href="b.rng"/></element></start>'),
      'b.rng': schema('<start><element name="b"><empty/></element></start>'),
    });
    assert.ok(accepts(grammar, '<a><b/></a>'));
  });

  it('is recursive through elements only', () => {
    const tree = '<define name="t"><element name="t"><zeroOrMore><ref name="t"/></zeroOrMore></element></define>';
    assert.ok(accepts(grammarOf('<ref name="t"/>', tree), '<t><t><t/></t><t/></t>'));
    const result = compileFiles({
      'main.rng': schema(
        '<start><ref name="t"/></start>\n<define name="t"><optional><ref name="t"/></optional></define>',
      ),
    });
    assert.equal(result.ok ? '' : result.message, 'main.rng:3: `t` refers to itself without an element between');
  });

  it('knows namespaces, classes of names, mixed content and lists', () => {
    const names = grammarOf(
      '<element name="a" ns="urn:a"><zeroOrMore><attribute><anyName><except><name>no</name></except></anyName></attribute></zeroOrMore>' +
        '<zeroOrMore><element><nsName ns="urn:b"/><mixed><optional><element name="i"><empty/></element></optional></mixed></element></zeroOrMore></element>',
    );
    assert.ok(accepts(names, '<p:a xmlns:p="urn:a" xmlns:b="urn:b" any="1"><b:x>text<p:i/>text</b:x></p:a>'));
    assert.ok(!accepts(names, '<a xmlns="urn:a" no="1"/>'));
    assert.ok(!accepts(names, '<a/>'));
    const list = grammarOf(
      '<element name="a"><list><oneOrMore><data type="unsignedInt"/></oneOrMore><value>end</value></list></element>',
    );
    assert.deepEqual(
      ['<a>1 2 end</a>', '<a> 1\nend </a>', '<a>end</a>', '<a>1 x end</a>'].map((xml) => accepts(list, xml)),
      [true, true, false, false],
    );
  });

  it('gives equal bytes for equal schemas', () => {
    const file = { 'main.rng': schema('<start><element name="a"><attribute name="b"/></element></start>') };
    assert.equal(JSON.stringify(compileFiles(file)), JSON.stringify(compileFiles(file)));
  });

  describe('names file and line of what it cannot compile', () => {
    const broken: readonly [what: string, content: string, message: string][] = [
      [
        'an unknown pattern',
        '<start><element name="a">\n<wish/></element></start>',
        'main.rng:3: <wish> is no pattern that this compiler knows',
      ],
      ['an undefined name', '<start><ref name="x"/></start>', 'main.rng:2: `x` is not defined'],
      [
        'an unknown datatype',
        '<start><element name="a">\n\n<data type="colour"/></element></start>',
        'main.rng:4: `colour` is no datatype that this compiler knows',
      ],
      [
        'an unknown facet',
        '<start><element name="a"><data type="string">\n<param name="hue">1</param></data></element></start>',
        'main.rng:3: `hue` is no facet that this compiler knows',
      ],
      [
        'two definitions',
        '<define name="x"><empty/></define>\n<define name="x"><text/></define><start><ref name="x"/></start>',
        'main.rng:3: `x` is defined twice without `combine`',
      ],
      ['a missing file', '\n<include href="gone.rng"/>', 'main.rng:3: cannot read `gone.rng`'],
      ['no start', '<define name="x"><empty/></define>', 'main.rng:1: `<start>` is not defined'],
      ['a missing name', '<start><ref/></start>', 'main.rng:2: <ref> needs the attribute `name`'],
    ];
    for (const [what, content, message] of broken)
      it(what, () => {
        const result = compileFiles({ 'main.rng': schema(content) });
        assert.equal(result.ok ? 'compiled' : result.message, message);
      });

    it('XML that is not well-formed, in the included file', () => {
      const result = compileFiles({ 'main.rng': schema('<include href="b.rng"/>'), 'b.rng': schema('\n<start>') });
      assert.ok(!result.ok);
      assert.deepEqual([result.file, result.line], ['b.rng', 3]);
    });

    it('another kind of XML', () => {
      const result = compileFiles({ 'main.rng': '<domain/>' });
      assert.match(result.ok ? '' : result.message, /^main\.rng:1: no RELAX NG schema/);
    });

    it('a first file that is not there', () => {
      const result = compileFiles({});
      assert.equal(result.ok ? '' : result.message, 'main.rng:1: cannot be read');
    });
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Grammar } from '../../../server/src/grammar/grammar.ts';
import { PatternPool } from '../../../server/src/grammar/patternPool.ts';
import { accepts, grammarOf } from './schemas.ts';

const empty = (name: string) => `<element name="${name}"><empty/></element>`;

describe('patterns', () => {
  it('are one object where they are equal', () => {
    const pool = new PatternPool();
    const words = ['a', 'b'].map((word) => pool.atom(word, false, { kind: 'value', word }));
    assert.equal(pool.choice(words), pool.choice([...words].reverse()));
    assert.equal(pool.interleave(words), pool.interleave([...words].reverse()));
    assert.notEqual(pool.group(words), pool.group([...words].reverse()));
  });

  it('are made in the simplest form', () => {
    const pool = new PatternPool();
    const a = pool.atom('a', false, { kind: 'value', word: 'a' });
    assert.equal(pool.choice([a, pool.notAllowed, a]), a);
    assert.equal(pool.group([a, pool.empty]), a);
    assert.equal(pool.group([a, pool.notAllowed]), pool.notAllowed);
    assert.equal(pool.oneOrMore(pool.oneOrMore(a)), pool.oneOrMore(a));
    assert.equal(pool.choice([pool.empty, pool.text]), pool.text);
  });

  it('that were derived can be forgotten', () => {
    const pool = new PatternPool(1);
    const a = pool.ofSchema(0, () => pool.atom('a', false, { kind: 'value', word: 'a' }));
    pool.choice([a, pool.empty]);
    assert.equal(pool.derived, 1);
    pool.forgetDerived();
    assert.equal(pool.derived, 0);
    assert.equal(pool.atom('a', false, { kind: 'value', word: 'a' }), a);
    assert.ok(pool.choice([a, pool.empty]).nullable);
  });
});

describe('derivatives', () => {
  const verdicts = (grammar: Grammar, documents: readonly string[]) => documents.map((xml) => accepts(grammar, xml));

  it('keep the order of a group and free that of an interleave', () => {
    const group = grammarOf(`<element name="r">${empty('a')}${empty('b')}</element>`);
    assert.deepEqual(verdicts(group, ['<r><a/><b/></r>', '<r><b/><a/></r>', '<r><a/></r>']), [true, false, false]);
    const interleave = grammarOf(
      `<element name="r"><interleave>${empty('a')}<oneOrMore>${empty('b')}</oneOrMore></interleave></element>`,
    );
    assert.deepEqual(verdicts(interleave, ['<r><b/><a/><b/></r>', '<r><a/></r>', '<r><a/><b/><a/></r>']), [
      true,
      false,
      false,
    ]);
  });

  it('take attributes in any order, and only once', () => {
    const grammar = grammarOf(
      '<element name="r"><choice><group><attribute name="type"><value>a</value></attribute><attribute name="x"/></group><attribute name="type"><value>b</value></attribute></choice></element>',
    );
    assert.deepEqual(
      verdicts(grammar, ["<r x='1' type='a'/>", "<r type='b'/>", "<r type='b' x='1'/>", "<r type='a'/>"]),
      [true, true, false, false],
    );
  });

  it('tell rival declarations by what is inside', () => {
    const grammar = grammarOf(
      `<element name="r"><choice><group><element name="s"><attribute name="f"/></element>${empty('a')}</group><group><element name="s"><attribute name="d"/></element>${empty('b')}</group></choice></element>`,
    );
    assert.deepEqual(verdicts(grammar, ["<r><s f=''/><a/></r>", "<r><s d=''/><b/></r>", "<r><s d=''/><a/></r>"]), [
      true,
      true,
      false,
    ]);
  });

  it('take text where content is mixed only', () => {
    const mixed = grammarOf(`<element name="r"><mixed>${empty('a')}</mixed></element>`);
    assert.deepEqual(verdicts(mixed, ['<r>x<a/>y</r>', '<r><a/></r>', '<r>x</r>']), [true, true, false]);
    const plain = grammarOf(`<element name="r">${empty('a')}</element>`);
    assert.deepEqual(verdicts(plain, ['<r>\n <a/>\n</r>', '<r>x<a/></r>']), [true, false]);
  });

  it('know words with blanks around them, and an empty value', () => {
    const grammar = grammarOf(
      '<element name="r"><choice><value>yes</value><value>no</value><value type="string"> x</value></choice></element>',
    );
    assert.deepEqual(verdicts(grammar, ['<r> yes\n</r>', '<r>no</r>', '<r> x</r>', '<r>x</r>', '<r/>']), [
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it('leave out what data excepts', () => {
    const grammar = grammarOf(
      '<element name="r"><data type="string"><except><value>.</value><value>..</value></except></data></element>',
    );
    assert.deepEqual(verdicts(grammar, ['<r>a</r>', '<r>..</r>']), [true, false]);
  });
});

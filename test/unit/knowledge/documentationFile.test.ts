/** How the files of the documentation are read, and which entry is about which place. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readDocumentation } from '../../../server/src/knowledge/documentationFile.ts';
import { exactness, match, patternText, readPattern, readPatterns } from '../../../server/src/knowledge/pathPattern.ts';
import type { Place } from '../../../server/src/knowledge/place.ts';

/** A path whose conditions say what is known of the attributes. */
function place(path: string): Place[] {
  return readPattern(path).map(({ name, conditions }) => ({
    name,
    values: (attribute) => {
      const condition = conditions.find((one) => one.attribute === attribute);
      return condition && [...condition.oneOf];
    },
  }));
}

function fits(pattern: string, path: string): boolean {
  return match(readPattern(pattern), place(path))?.length === 0;
}

function mayFit(pattern: string, path: string): boolean {
  return match(readPattern(pattern), place(path)) !== undefined;
}

describe('headings', () => {
  test('name a path, with any one element and any depth', () => {
    assert.ok(fits('domain/os/boot', 'domain/os/boot'));
    assert.ok(!fits('domain/os/boot', 'domain/os/bootmenu'));
    assert.ok(!fits('domain/os', 'domain/os/boot'));
    assert.ok(fits('domain/*/boot', 'domain/os/boot'));
    assert.ok(fits('domain/**/boot', 'domain/boot'));
    assert.ok(fits('domain/**/source', 'domain/devices/disk/source/dataStore/source'));
    assert.ok(!fits('domain/**/source', 'domain/devices/disk/source/host'));
  });

  test('ask for values of attributes, of which one must be written', () => {
    const pattern = "domain/disk[@type='file'|'block']/source";
    assert.ok(fits(pattern, "domain/disk[@type='block']/source"));
    assert.ok(!mayFit(pattern, "domain/disk[@type='dir']/source"));
    assert.ok(!fits(pattern, 'domain/disk/source'));
    assert.ok(mayFit(pattern, 'domain/disk/source'));
    assert.ok(!fits(pattern, "domain/disk[@type='file'|'dir']/source"));
  });

  test('the more they name, the more exact they are', () => {
    const sorted = [
      "domain/disk[@type='file']/source",
      "domain/disk[@type='file'|'block']/source",
      'domain/disk/source',
      'domain/*/source',
      'domain/**/source',
    ];
    const values = sorted.map((one) => exactness(readPattern(one)));
    assert.deepEqual(
      values,
      [...values].sort((a, b) => b - a),
    );
    assert.equal(new Set(values).size, values.length);
  });

  test('stand side by side, and can be written again', () => {
    const [first, second, ...others] = readPatterns("domain/os , domain/a[@b='x/y'|'z'][@c='1']/d");
    assert.deepEqual(others, []);
    assert.equal(first && patternText(first), 'domain/os');
    assert.equal(second && patternText(second), "domain/a[@b='x/y'|'z'][@c='1']/d");
    assert.throws(() => readPatterns('domain/os/@firmware'));
  });
});

const FILE = `# Subject
link: https://example.org/#subject

## domain/os
since: 1.2.3
default: nothing
What it is.

A second paragraph.
- @a, @b: Two in one. {unit: KiB; default: 4}
- @c: Goes on
  in the next line.
- @c='x'|'y': Two values. {since: 8.0.0}
- text: What stands inside.

## domain/os/boot
link: https://example.org/#boot
- @dev: No text of its own.
`;

describe('a file of documentation', () => {
  const [os, boot] = readDocumentation('subject.md', FILE).map((section) => section.entry());

  test('has entries with what is told in the same words of all', () => {
    assert.equal(os?.text, 'What it is.\n\nA second paragraph.');
    assert.equal(os?.since, '1.2.3');
    assert.equal(os?.default, 'nothing');
    assert.equal(os?.link, 'https://example.org/#subject');
    assert.equal(boot?.link, 'https://example.org/#boot');
    assert.equal(boot?.text, '');
  });

  test('has parts for attributes, values and text', () => {
    assert.deepEqual([...(os?.parts.keys() ?? [])], ['@a', '@b', '@c', "@c='x'", "@c='y'", 'text']);
    assert.deepEqual(os?.parts.get('@b'), { text: 'Two in one.', default: '4', unit: 'KiB', since: undefined });
    assert.equal(os?.parts.get('@c')?.text, 'Goes on in the next line.');
    assert.equal(os?.parts.get("@c='y'")?.since, '8.0.0');
    assert.equal(boot?.parts.get('@dev')?.text, 'No text of its own.');
  });

  test('does not tell anything twice, nor something else', () => {
    const entry = (body: string) => () => readDocumentation('x.md', `# X\n\n## domain\n${body}`)[0]?.entry();
    assert.throws(entry('- @a: One.\n- @a: Two.'), /twice/);
    assert.throws(entry('- a: One.'), /not about an attribute/);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fixSnippet } from '../../../server/src/features/fixSnippet.ts';

describe('a fix with made-up values', () => {
  const insertion = { start: 3, end: 3, newText: "<source file='/path/to/file'/>" };

  test('lets them be filled in', () => {
    assert.deepEqual(fixSnippet({ title: '', edits: [insertion], toFill: true }), {
      start: 3,
      end: 3,
      snippet: `<source file='\${1:/path/to/file}'/>$0`,
    });
  });

  test('is plain where nothing is made up, or where it is more than one edit', () => {
    assert.equal(fixSnippet({ title: '', edits: [insertion] }), undefined);
    assert.equal(fixSnippet({ title: '', edits: [insertion, insertion], toFill: true }), undefined);
    assert.equal(fixSnippet({ title: '', edits: [{ ...insertion, newText: '<acpi/>' }], toFill: true }), undefined);
  });
});

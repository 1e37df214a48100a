import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LineIndex } from '../../../server/src/xml/positions.ts';

describe('LineIndex', () => {
  const text = 'ab\r\ncd\n\ne😀\rf';
  const index = new LineIndex(text);

  it('knows all three line breaks', () => {
    assert.equal(index.lineCount, 5);
    assert.deepEqual(index.position(text.indexOf('c')), { line: 1, character: 0 });
    assert.deepEqual(index.position(text.indexOf('e')), { line: 3, character: 0 });
    assert.deepEqual(index.position(text.indexOf('f')), { line: 4, character: 0 });
  });

  it('counts UTF-16 code units', () => {
    assert.deepEqual(index.position(text.indexOf('\rf')), { line: 3, character: 3 });
  });

  it('leads back from every offset outside a line break', () => {
    for (let offset = 0; offset <= text.length; offset++) {
      if (text[offset - 1] === '\r' && text[offset] === '\n') continue;
      assert.equal(index.offset(index.position(offset)), offset);
    }
  });

  it('takes what lies outside to the nearest end', () => {
    assert.deepEqual(index.position(-1), { line: 0, character: 0 });
    assert.deepEqual(index.position(99), { line: 4, character: 1 });
    assert.equal(index.offset({ line: 0, character: 99 }), 2);
    assert.equal(index.offset({ line: 99, character: 0 }), text.length);
    assert.equal(new LineIndex('').lineCount, 1);
  });
});

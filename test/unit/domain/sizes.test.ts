/** Sizes read and written as libvirt does. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  attributeSize,
  bytesInUnit,
  elementSize,
  formatSize,
  roundedSize,
  sizeInBytes,
  splitSize,
  sumOf,
} from '../../../server/src/domain/sizes.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';

function element(xml: string) {
  const { root } = parseXml(xml);
  assert.ok(root);
  return root;
}

describe('sizes', () => {
  test('units: letters alone and with iB are binary, with B decimal, in any case', () => {
    assert.deepEqual(
      ['b', 'bytes', 'k', 'KiB', 'KB', 'M', 'mib', 'MB', 'G', 'GiB', 'gb', 'TiB', 'EiB'].map(bytesInUnit),
      [1, 1, 1024, 1024, 1000, 1024 ** 2, 1024 ** 2, 1e6, 1024 ** 3, 1024 ** 3, 1e9, 1024 ** 4, 1024 ** 6],
    );
    for (const none of ['', 'KBi', 'GiBs', 'x']) assert.equal(bytesInUnit(none), undefined, none);
  });

  test('a number is digits only', () => {
    assert.equal(sizeInBytes('4', 'GiB'), 4 * 1024 ** 3);
    for (const none of ['', '-1', '4.5', '4 ', '0x10', 'four']) assert.equal(sizeInBytes(none, 'KiB'), undefined, none);
  });

  test('without a unit an element and an attribute count KiB', () => {
    assert.equal(elementSize(element('<memory>4096</memory>')), 4096 * 1024);
    assert.equal(elementSize(element("<memory unit='MiB'> 4 </memory>")), 4 * 1024 ** 2);
    assert.equal(elementSize(element("<memory unit='pages'>4</memory>")), undefined);
    assert.equal(elementSize(element('<memory/>')), undefined);
    assert.equal(elementSize(undefined), undefined);
    assert.equal(attributeSize(element("<cell memory='512' unit='MiB'/>"), 'memory'), 512 * 1024 ** 2);
    assert.equal(attributeSize(element("<page size='2048'/>"), 'size'), 2 * 1024 ** 2);
    assert.equal(attributeSize(element('<page/>'), 'size'), undefined);
  });

  test('a size is written in the largest unit that divides it', () => {
    assert.deepEqual([8 * 1024 ** 3, 1536 * 1024 ** 2, 3906250 * 1024, 7, 0].map(formatSize), [
      '8 GiB',
      '1536 MiB',
      '3906250 KiB',
      '7 bytes',
      '0 bytes',
    ]);
    assert.deepEqual(splitSize(1024 ** 4), [1, 'TiB']);
  });

  test('for a reader it is rounded to three digits', () => {
    assert.deepEqual([2.5 * 1024 ** 3, 219136 * 1024, 1023].map(roundedSize), ['2.5 GiB', '214 MiB', '1023 bytes']);
  });

  test('a sum with an unknown part is unknown', () => {
    assert.equal(sumOf([1, 2]), 3);
    assert.equal(sumOf([]), 0);
    assert.equal(sumOf([1, undefined]), undefined);
  });
});

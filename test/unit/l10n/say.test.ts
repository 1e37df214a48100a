/** Texts for people, in the language of the moment. */
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { phrase, say, speak } from '../../../server/src/l10n/say.ts';

const owners = phrase`SCSI disks`;
const sentence = (name: string) => say`Only ${owners} have a \`<${name}>\`.`;
const chinese = { 'Only {0} have a `<{1}>`.': '`<{1}>` 只属于 {0}。', 'SCSI disks': 'SCSI 磁盘' };

afterEach(() => speak(undefined));

test('without a language the text is the one that is written', () => {
  assert.equal(sentence('vendor'), 'Only SCSI disks have a `<vendor>`.');
});

test('a translation puts what is filled in where its own grammar wants it, phrases of tables as well', () => {
  speak(chinese);
  assert.equal(sentence('vendor'), '`<vendor>` 只属于 SCSI 磁盘。');
});

test('what a language lacks is said in English', () => {
  speak({ 'SCSI disks': 'SCSI 磁盘' });
  assert.equal(sentence('vendor'), 'Only SCSI 磁盘 have a `<vendor>`.');
});

test('braces in what is filled in are no places', () => {
  speak(chinese);
  assert.equal(sentence('{0}'), '`<{0}>` 只属于 SCSI 磁盘。');
});

test('$ in what is filled in is itself', () => {
  speak(chinese);
  assert.equal(sentence('$&$1'), '`<$&$1>` 只属于 SCSI 磁盘。');
});

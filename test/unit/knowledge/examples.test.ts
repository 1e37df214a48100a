/** The examples that a newcomer opens first have the findings that their README names, and no others that matter. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { checkText } from '../../../server/src/check.ts';
import { filesBelow } from '../../support/files.ts';
import { ROOT } from '../../support/root.ts';

const FOLDER = path.join(ROOT, 'examples');
const readme = readFileSync(path.join(FOLDER, 'README.md'), 'utf8');

/** The rules of the errors and warnings of an example, in document order. */
function complaints(file: string): string[] {
  return checkText(readFileSync(path.join(FOLDER, file), 'utf8'))
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ rule }) => rule);
}

/** The rules that the README names for a file; [] for a file that it calls clean. */
function promised(file: string): string[] {
  const section = readme.split(`## What is wrong in \`${file}\`\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\| `([\w-]+\/[\w-]+)` +\|/gm)].map(([, rule = '']) => rule);
}

describe('examples', () => {
  const files = filesBelow(FOLDER, '.xml');

  test('the README speaks of every file', () => {
    assert.ok(files.length >= 5);
    assert.deepEqual([...readme.matchAll(/^\| `([\w-]+\.xml)` +\|/gm)].map(([, file]) => file).sort(), files);
  });

  test('two of them have mistakes', () => {
    assert.equal(promised('first-look.xml').length, 7);
    assert.ok(promised('broken.xml').length >= 4);
  });

  for (const file of files) {
    test(`${file} has the findings that the README names`, () => {
      assert.deepEqual(complaints(file), promised(file));
    });
  }
});

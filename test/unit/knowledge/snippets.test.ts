/** Every snippet, its places at what stands in them, is something that an expert would write. */

import files from 'folder:../../../snippets/*/*.xml';
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkText } from '../../../server/src/check.ts';
import { editorSnippets } from '../../../server/src/knowledge/editorSnippets.ts';
import { allSnippets, readSnippet, type Snippet } from '../../../server/src/knowledge/snippets.ts';
import { choices, documentOf } from '../../support/snippets.ts';

const all = allSnippets();

test('there are 40 and more, each under a name of its own', () => {
  assert.ok(all.length >= 40, String(all.length));
  assert.equal(new Set(all.map(({ name }) => name)).size, all.length);
});

describe('expanded in its place', () => {
  for (const snippet of all)
    test(`${snippet.place}/${snippet.name}`, () => {
      assert.match(snippet.name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
      assert.match(snippet.title, /^[A-Z0-9]\S|^vCPU|^Title/);
      assert.match(snippet.about, /[.]$/);
      assert.deepEqual(
        snippet.needs.filter((needed) => !all.some(({ place, name }) => `${place}/${name}` === needed)),
        [],
      );
      for (let option = 0; option < choices(snippet); option++) assertClean(snippet, option);
    });
});

function assertClean(snippet: Snippet, option: number): void {
  const text = documentOf(snippet, option);
  assert.doesNotMatch(text, /\$\{|\|\}/, 'a place was left over');
  // Hints and remarks tell what a choice costs, and of what stands around the snippet.
  const objections = checkText(text).filter(({ severity }) => severity === 'error' || severity === 'warning');
  assert.deepEqual(
    objections.map(({ severity, rule, message }) => `${severity} ${rule}: ${message}`),
    [],
    text,
  );
}

test('each is said in Chinese too', () => {
  for (const [file, text] of Object.entries(files())) {
    const [english, chinese] = [readSnippet(file, text, 'en'), readSnippet(file, text, 'zh-cn')];
    assert.match(`${chinese.title}${chinese.about}`, /\p{Script=Han}/u, file);
    assert.notEqual(chinese.title, english.title, file);
    assert.notEqual(chinese.about, english.about, file);
  }
});

test('VS Code offers whole documents where no server looks', () => {
  const offered = editorSnippets();
  const documents = all.filter(({ place }) => place === 'documents');
  assert.deepEqual(
    Object.values(offered).map(({ prefix }) => prefix),
    documents.map(({ name }) => name),
  );
  for (const { body } of Object.values(offered)) assert.doesNotMatch(body.join('\n'), /^ /m);
});

/** Every snippet, its placeholders at their defaults, is something that an expert would write. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkText } from '../../../server/src/check.ts';
import snippets from '../../../snippets/libvirt.json' with { type: 'json' };
import { asDomain } from '../../support/rulePages.ts';

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

const all: readonly (readonly [name: string, snippet: Snippet])[] = Object.entries(snippets);

/** Snippets that are of use only together: an IOThread, and a disk that it serves. */
const COMPANIONS: Readonly<Record<string, string>> = {
  'lv-iothreads': 'lv-disk-iothread',
  'lv-disk-iothread': 'lv-iothreads',
};

const CHOICE = /\$\{\d+\|([^|]*)\|\}/g;

/** The number of options of the snippet's longest choice; 1 where it has none. */
function choices({ body }: Snippet): number {
  return Math.max(1, ...[...body.join('\n').matchAll(CHOICE)].map(([, options = '']) => options.split(',').length));
}

/** What an editor inserts when every placeholder is left as it is, and the n-th option of each choice is taken. */
function inserted({ body }: Snippet, option: number): string {
  return body
    .join('\n')
    .replaceAll(CHOICE, (_, options: string) => options.split(',')[option] ?? options.split(',')[0] ?? '')
    .replaceAll(/\$\{\d+:([^}]*)\}/g, '$1')
    .replaceAll(/\$\{?\d+\}?/g, '')
    .replaceAll('\t', '  ');
}

/** A whole domain of a snippet, and of the one that belongs to it. */
function domainOf(snippet: Snippet, option: number): string {
  const other = all.find(([, { prefix }]) => prefix === COMPANIONS[snippet.prefix])?.[1];
  if (!other) return asDomain(inserted(snippet, option));
  const [threads, disk] = snippet.prefix === 'lv-iothreads' ? [snippet, other] : [other, snippet];
  return asDomain(`${inserted(threads, option)}\n<devices>\n${inserted(disk, option)}\n</devices>`);
}

describe('snippets', () => {
  test('there is a set of them, each under a prefix of its own', () => {
    const prefixes = all.map(([, { prefix }]) => prefix);
    assert.ok(prefixes.length >= 12);
    assert.equal(new Set(prefixes).size, prefixes.length);
  });

  for (const [name, snippet] of all) {
    test(`${snippet.prefix}: ${name}`, () => {
      assert.match(snippet.prefix, /^lv-[a-z0-9-]+$/);
      assert.ok(snippet.description.length > 10);
      for (let option = 0; option < choices(snippet); option++) {
        const text = domainOf(snippet, option);
        assert.doesNotMatch(text, /\$\{|\|\}/, 'a placeholder was left over');
        const objections = checkText(text).filter(({ severity }) => severity === 'error' || severity === 'warning');
        assert.deepEqual(
          objections.map(({ rule, message }) => `${rule}: ${message}`),
          [],
          text,
        );
      }
    });
  }
});

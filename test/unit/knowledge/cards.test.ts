/** Every card is readable, about something that exists, and fit to be shown in a hover. */

import domainTable from 'text:../../../schemas/grammar/domain.json';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { LoadedGrammar } from '../../../server/src/grammar/load.ts';
import { allCards, cardFor, readCard } from '../../../server/src/knowledge/cards.ts';
import { filesBelow } from '../../support/files.ts';
import { knowsPath } from '../../support/grammarPaths.ts';
import { ROOT } from '../../support/root.ts';

const FOLDER = path.join(ROOT, 'server/src/knowledge/cards');
const LONGEST_LINE = 400;
/** A hover that needs much scrolling is not read. */
const MOST_LINES = 30;

const grammar = new LoadedGrammar(JSON.parse(domainTable), 3);

/** What is wrong with the tables of a Markdown text: rows that have not as many cells as their header, a header without its rule. */
function faultyTables(markdown: string): string[] {
  const faults: string[] = [];
  let columns = 0;
  let row = 0;
  for (const line of markdown.split('\n')) {
    if (!line.startsWith('|')) {
      if (row === 1) faults.push(`a table of one line before: ${line}`);
      row = 0;
      continue;
    }
    row++;
    const cells = line.replaceAll('\\|', '').split('|').length - 2;
    if (row === 1) columns = cells;
    if (!line.trimEnd().endsWith('|')) faults.push(`the row has no end: ${line}`);
    if (cells !== columns) faults.push(`${cells} cells, the header has ${columns}: ${line}`);
    if (row === 2 && !/^\|(\s*:?-+:?\s*\|)+$/.test(line)) faults.push(`not the rule below a header: ${line}`);
  }
  return faults;
}

describe('cards', () => {
  const files = filesBelow(FOLDER, '.md').filter((file) => !file.endsWith('.zh-cn.md'));

  test('there are cards, and each file is one', () => {
    assert.ok(files.length > 40);
    assert.equal(allCards().size, files.length, 'as many paths as files: no path is told twice');
  });

  test('the topics that matter most have theirs', () => {
    for (const wanted of [
      'domain/cpu/@mode',
      'domain/devices/disk/driver/@cache',
      'domain/devices/interface/driver/@queues',
      'domain/devices/interface/model/@type',
    ])
      assert.ok(cardFor(wanted), wanted);
  });

  for (const file of files) {
    test(file, () => {
      const text = readFileSync(path.join(FOLDER, file), 'utf8');
      const card = readCard(file, text);
      assert.ok(card.markdown.length > 40, 'the card says something');
      assert.ok(card.sources.length > 0, 'the card names a source');
      assert.ok(knowsPath(grammar, card.path), `the grammar does not know ${card.path}`);
      const lines = text.split('\n');
      assert.deepEqual(
        lines.filter((line) => line.length > LONGEST_LINE),
        [],
      );
      assert.ok(card.markdown.split('\n').length <= MOST_LINES, `more than ${MOST_LINES} lines`);
      assert.deepEqual(faultyTables(card.markdown), []);
    });
  }
});

describe('the checks of cards', () => {
  test('a path is known or not', () => {
    assert.ok(knowsPath(grammar, "domain/cpu/@mode='host-model'"));
    assert.ok(!knowsPath(grammar, "domain/cpu/@mode='hostmodel'"));
    assert.ok(!knowsPath(grammar, 'domain/cpu/@mod'));
    assert.ok(!knowsPath(grammar, 'domain/cpus'));
  });

  test('faulty tables are seen', () => {
    assert.deepEqual(faultyTables('| a | b |\n|---|---|\n| 1 | 2 |\n\ntext'), []);
    assert.equal(faultyTables('| a | b |\n|---|---|\n| 1 |').length, 1);
    assert.equal(faultyTables('| a | b |\n| 1 | 2 |').length, 1);
    assert.equal(faultyTables('| a |\ntext').length, 1);
  });

  test('a card without a path is refused', () => {
    assert.throws(() => readCard('x.md', '---\ntitle: X\n---\ntext'), /needs path/);
  });
});

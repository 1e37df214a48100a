import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { codeLenses, lensTitle } from '../../../server/src/features/codeLenses.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';

const texts = (text: string, spans: readonly { start: number; end: number }[]) =>
  spans.map(({ start, end }) => text.slice(start, end));

describe('lenses', () => {
  const lenses = (text: string) => texts(text, codeLenses(parseXml(text)));

  test('stand above what is defined by name, not above what is counted or referred to', () => {
    assert.deepEqual(
      lenses(
        "<domain><iothreads>3</iothreads><iothreadids><iothread id='7'/></iothreadids><devices><controller type='pci' index='0'/><interface><source network='lan'/></interface></devices></domain>",
      ),
      ['7'],
    );
    assert.deepEqual(lenses("<network><name>lan</name><portgroup name='slow'/></network>"), ['lan', 'slow']);
  });

  test('count', () => {
    assert.deepEqual([0, 1, 2].map(lensTitle), ['nothing refers to it', '1 reference', '2 references']);
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entityAt } from '../../../server/src/domain/entityAt.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { atMark } from '../../support/cursor.ts';

/** The entity at the mark, in a few words. */
function at(marked: string): string {
  const { text, offset } = atMark(marked);
  const entity = entityAt(parseXml(text), offset);
  if (entity.kind === 'comment') return 'comment';
  const words = [entity.kind, entity.element?.name ?? 'nothing'];
  if (entity.kind === 'attribute-name' || entity.kind === 'attribute-value') words.push(entity.attribute.name);
  if (entity.kind === 'tag-name' && entity.endTag) words.push('end');
  return words.join(' ');
}

const cases: readonly (readonly [marked: string, entity: string])[] = [
  ["|<domain type='kvm'/>", 'content nothing'],
  ["<|domain type='kvm'/>", 'tag-name domain'],
  ["<domain| type='kvm'/>", 'tag-name domain'],
  ["<domain ty|pe='kvm'/>", 'attribute-name domain type'],
  ["<domain type=|'kvm'/>", 'start-tag domain'],
  ["<domain type='|kvm'/>", 'attribute-value domain type'],
  ["<domain type='kvm|'/>", 'attribute-value domain type'],
  ["<domain type='|'/>", 'attribute-value domain type'],
  ["<domain type='kvm'|/>", 'start-tag domain'],
  ["<domain type='kvm' |/>", 'start-tag domain'],
  ["<domain type='kvm'/>|", 'content nothing'],
  ['<domain>|</domain>', 'content domain'],
  ['<domain><name>a|b</name></domain>', 'content name'],
  ['<domain><name>ab</na|me></domain>', 'tag-name name end'],
  ['<domain><name>ab</name>|</domain>', 'content domain'],
  ['<domain><a/>|<b/></domain>', 'content domain'],
  ['<domain><!-- | --></domain>', 'comment'],
  ['<domain>\n  <|\n</domain>', 'tag-name '],
  ['<domain>\n  <di|\n</domain>', 'tag-name di'],
  ['<domain>\n  <disk |\n</domain>', 'start-tag disk'],
  ["<domain>\n  <disk type='|\n</domain>", 'attribute-value disk type'],
  ['<domain>\n  <disk>|', 'content disk'],
];

for (const [marked, entity] of cases) test(JSON.stringify(marked), () => assert.equal(at(marked), entity));

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Completion, completion } from '../../../server/src/features/completion.ts';
import { applyEdits } from '../../../server/src/finding.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { atMark } from '../../support/cursor.ts';

function offered(marked: string): Completion[] {
  const { text, offset } = atMark(marked);
  return completion(parseXml(text), offset);
}

/** The text after an item is taken, without snippets. */
function taken(marked: string, label: string): string {
  const item = offered(marked).find((one) => one.label === label);
  assert.ok(item, `${label} is not among ${offered(marked).map((one) => one.label)}`);
  return applyEdits(atMark(marked).text, [item.edit]);
}

const labels = (marked: string): string[] => offered(marked).map(({ label }) => label);
const domain = (inside: string): string => `<domain type='kvm'>\n  <name>vm</name>\n${inside}</domain>\n`;
const disk = (inside: string): string =>
  domain(`  <devices>\n    <disk type='file' device='disk'>\n      ${inside}\n    </disk>\n  </devices>\n`);

describe('elements', () => {
  test('after <', () => {
    assert.equal(taken(domain('  <|\n'), 'vcpu'), domain('  <vcpu\n'));
    assert.ok(!labels(domain('  <|\n')).includes('disk'));
  });
  test('while the name is typed', () => assert.equal(taken(domain('  <vc|\n'), 'vcpu'), domain('  <vcpu\n')));
  test('on a blank line', () => assert.equal(taken(domain('  |\n'), 'vcpu'), domain('  <vcpu\n')));
  test('what stands there once is not offered again', () => assert.ok(!labels(domain('  |\n')).includes('name')));
  test('a name in a whole tag is exchanged alone', () => {
    assert.equal(taken(disk("<dri|ver name='qemu'/>"), 'driver'), disk("<driver name='qemu'/>"));
  });
  test('as a snippet with what it requires', () => {
    const item = offered(disk('<|')).find(({ label }) => label === 'target');
    assert.match(item?.snippet ?? '', /^target dev='\$\{1:\w+\}'\/>\$0$/);
  });
  test('the required come first', () => {
    assert.equal(offered(disk("<source file='/a'/>|")).find(({ label }) => label === 'target')?.rank, 0);
  });
});

describe('attributes', () => {
  test('those that are left', () => {
    const names = labels(disk("<driver name='qemu' |/>"));
    assert.ok(names.includes('cache') && !names.includes('name'));
  });
  test('with the quotes of the document', () => {
    assert.equal(taken(disk("<driver name='qemu' |/>"), 'cache'), disk("<driver name='qemu' cache=''/>"));
    const marked = disk('<driver name="qemu" |/>').replaceAll("'", '"');
    assert.equal(taken(marked, 'cache'), marked.replace('|', 'cache=""'));
  });
  test('with a blank where one is missing', () => {
    assert.equal(taken(disk("<driver name='qemu'|/>"), 'cache'), disk("<driver name='qemu' cache=''/>"));
  });
  test('a choice of words is part of the snippet', () => {
    const item = offered(disk("<driver name='qemu' |/>")).find(({ label }) => label === 'discard');
    assert.equal(item?.snippet, "discard='$" + "{1|unmap,ignore|}'");
  });
  test('a name that has its value is exchanged alone', () => {
    assert.equal(taken(disk("<driver cac|h='none'/>"), 'cache'), disk("<driver cache='none'/>"));
  });
  test('in a tag that is not closed yet', () => assert.ok(labels(disk("<driver name='qemu' |")).includes('cache')));
});

describe('values', () => {
  test('of an attribute', () => {
    assert.deepEqual(labels(disk("<driver cache='|'/>")).sort(), [
      'default',
      'directsync',
      'none',
      'unsafe',
      'writeback',
      'writethrough',
    ]);
    assert.equal(taken(disk("<driver cache='wr|'/>"), 'writeback'), disk("<driver cache='writeback'/>"));
  });
  test('in an open quote', () => assert.ok(labels(disk("<driver cache='|")).includes('none')));
  test('of a text', () => assert.ok(labels(domain('  <on_crash>|</on_crash>\n')).includes('restart')));
});

describe('end tags', () => {
  test('the open element is offered', () => {
    assert.equal(taken('<domain>\n<devices>\n</|', 'devices'), '<domain>\n<devices>\n</devices>');
    assert.deepEqual(labels('<domain>\n<devices>\n</|'), ['devices']);
  });
  test('with the > that may stand there', () => {
    assert.equal(taken('<domain>\n<devices>\n</dev|>', 'devices'), '<domain>\n<devices>\n</devices>');
  });
});

test('in a comment there is nothing', () => assert.deepEqual(labels(domain('  <!-- < | -->\n')), []));

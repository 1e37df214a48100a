import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Completion, completion } from '../../../server/src/features/completion.ts';
import { completionCard } from '../../../server/src/features/completionCard.ts';
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

describe('ends of tags', () => {
  test('an empty element, or one with content', () => {
    assert.equal(taken(disk("<driver name='qemu' |"), '/>'), disk("<driver name='qemu' />"));
    assert.ok(!labels(disk("<driver name='qemu' |/>")).includes('/>'));
    const item = offered("<domain type='kvm' |").find(({ label }) => label === '></domain>');
    assert.equal(item?.snippet, '>$0</domain>');
  });
  test('not an empty one where content is required', () => assert.ok(!labels("<domain type='kvm' |").includes('/>')));
  test('after a slash', () => {
    assert.deepEqual(labels(disk("<driver name='qemu' /|")), ['/>']);
    assert.equal(taken(disk("<driver name='qemu' /|"), '/>'), disk("<driver name='qemu' />"));
  });
  test('of the parent, after < and on a blank line', () => {
    assert.equal(taken('<domain>\n<devices>\n<|', '/devices'), '<domain>\n<devices>\n</devices>');
    assert.equal(taken('<domain>\n<devices>\n|', '</devices'), '<domain>\n<devices>\n</devices>');
    assert.ok(!labels('<domain>\n|\n</domain>').includes('</domain'));
  });
});

describe('what real domains use most comes first', () => {
  const first = (marked: string, kind: Completion['kind']) =>
    offered(marked).filter((one) => one.kind === kind)[0]?.label;
  test('attributes', () => assert.equal(first(disk('<driver |/>'), 'attribute'), 'name'));
  test('values', () => assert.equal(first(disk("<driver type='|'/>"), 'value'), 'raw'));
  test('what the grammar takes as data, too', () => assert.deepEqual(labels(disk("<driver name='|'/>")), ['qemu']));
  test('elements', () => assert.equal(first(domain('  <devices>\n    <|\n  </devices>\n'), 'element'), 'emulator'));
});

describe('what cannot be is hidden', () => {
  test('an attribute that the content speaks against', () => {
    const values = labels(
      domain("  <devices>\n    <disk type='|'><source file='/a'/><target dev='vda'/></disk>\n  </devices>\n"),
    );
    assert.ok(values.includes('file') && !values.includes('block') && !values.includes('network'), values.join());
  });
  test('a value of another type, unless the value is being changed', () => {
    const controller = (model: string) =>
      domain(`  <devices>\n    <controller type='ide' model='${model}'/>\n  </devices>\n`);
    assert.deepEqual(labels(controller('|')).sort(), ['ich6', 'piix3', 'piix4']);
    const changed = offered(controller('pii|x3'));
    assert.equal(changed.find(({ label }) => label === 'pci-root')?.rank, 2);
  });
  test('another type decides for content that is there', () => {
    const marked = domain(
      "  <devices>\n    <interface type='bridge'>\n      <source bridge='b'/>\n      <virtualport |>\n        <parameters interfaceid='09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f'/>\n      </virtualport>\n    </interface>\n  </devices>\n",
    );
    assert.ok(labels(marked).includes('type'));
  });
});

describe('half-typed documents', () => {
  const begun = "<domain type='kvm'>\n  <name>vm</name>\n  <devices>\n    <disk type='file'>\n      ";
  const cases: readonly [marked: string, label: string][] = [
    ['|', 'domain'],
    ['<|', 'domain'],
    ['<dom|', 'domain'],
    ['<domain |', 'type'],
    ['<domain type=|', 'kvm'],
    ["<domain type='|", 'kvm'],
    ["<domain type='k|", 'kvm'],
    ["<domain type='kvm'>|", 'name'],
    ["<domain type='kvm'>\n  <|", 'name'],
    [`${begun}<|`, 'target'],
    [`${begun}|`, 'target'],
    [`${begun}<dri|`, 'driver'],
    [`${begun}<driver |`, 'cache'],
    [`${begun}<driver name='qemu'|`, 'cache'],
    [`${begun}<driver cache=|`, 'none'],
    [`${begun}<driver cache='|`, 'none'],
    [`${begun}<driver cache='|\n      <target dev='vda'/>`, 'none'],
    [`${begun}<driver cache=|/>`, 'none'],
    [`${begun}<driver cache=no|/>`, 'none'],
    [`${begun}<driver |\n      <target dev='vda'/>\n    </disk>`, 'cache'],
    [`${begun}<|\n      <target dev='vda'/>\n    </disk>\n  </devices>\n</domain>`, 'source'],
    [`${begun}<sour|\n      <target dev='vda'/>\n    </disk>\n  </devices>\n</domain>`, 'source'],
    [`${begun}<source file='/a'/>\n      <target |\n    </disk>\n  </devices>\n</domain>`, 'dev'],
    [`${begun}<target dev='vda' bus='|'\n    </disk>`, 'virtio'],
    [`${begun}</|`, 'disk'],
    [`${begun}</di|\n  </devices>`, 'disk'],
    ["<domain type='kvm'>\n  <on_crash>|", 'restart'],
    ["<domain type='kvm'>\n  <on_crash>re|\n  <devices>", 'restart'],
    ["<domain type='kvm'>\n  <features><acpi/><|</features>", 'apic'],
    ["<domain type='kvm'>\n  <os><|\n  <devices></devices>\n</domain>", 'type'],
  ];
  for (const [marked, label] of cases)
    test(JSON.stringify(marked.replace(begun, '… ')), () =>
      assert.ok(labels(marked).includes(label), `${label} is not among ${labels(marked)}`),
    );
});

describe('what stands beside', () => {
  const beside = (marked: string, label: string): string => {
    const item = offered(marked).find((one) => one.label === label);
    return (item && completionCard(item)) ?? '';
  };

  test('the card of an attribute', () => assert.match(beside(domain('<cpu |/>'), 'mode'), /^\*\*CPU mode\*\*\n\n/));
  test('else the documentation of an element', () =>
    assert.match(beside(domain('  <|\n'), 'genid'), /Since libvirt 4\.4\. \[libvirt's page\]\(https:/));
  test('of the variant that fits here', () => assert.match(beside(disk('<source |/>'), 'file'), /image/));
  test('of a value', () => assert.match(beside(domain("<clock offset='|'/>"), 'localtime'), /Windows/));
});

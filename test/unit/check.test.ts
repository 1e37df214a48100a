/** Parser, grammar and rules together: one mistake is one message. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkText } from '../../server/src/check.ts';

const BASE = `<domain type='kvm'>
  <name>vm</name>
  <memory unit='GiB'>2</memory>
  <vcpu>2</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <cpu mode='custom' match='exact'>
    <model fallback='forbid'>Skylake-Client</model>
    <feature policy='require' name='pcid'/>
  </cpu>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/>
      <source file='/vm.qcow2'/>
      <target dev='vda' bus='virtio'/>
    </disk>
  </devices>
</domain>
`;

/** The rules of severity error that speak of a text. */
function errorsOf(text: string): string[] {
  return checkText(text)
    .filter(({ severity }) => severity === 'error')
    .map(({ rule }) => rule);
}

test('the base is free of errors', () => assert.deepEqual(errorsOf(BASE), []));

describe('a slip of the keyboard does not also bring the complaint that something is missing', () => {
  const slips: Readonly<Record<string, readonly [from: string | RegExp, to: string]>> = {
    'a misspelt element': [/\bmemory\b/g, 'memroy'],
    'a misspelt child': ['<source', '<soucre'],
    'a misspelt attribute': ["<target dev='vda'", "<target dve='vda'"],
    'a misspelt model element': [/\bmodel\b(?=[ >])/g, 'modle'],
    'a misspelt value': ["device='disk'", "device='dsik'"],
  };
  for (const [name, [from, to]] of Object.entries(slips)) {
    test(name, () => {
      const errors = errorsOf(BASE.replace(from, to));
      assert.equal(errors.length, 1, errors.join(', '));
      assert.match(errors[0] ?? '', /^grammar\//);
    });
  }

  test('of a misspelt empty device the name is told', () => {
    const errors = errorsOf(BASE.replace('</devices>', '<dsik/></devices>'));
    assert.equal(errors[0], 'grammar/misspelt-element');
    assert.ok(
      errors.every((rule) => rule.startsWith('grammar/')),
      errors.join(', '),
    );
  });

  test('a second <devices> does not double its disks', () => {
    const devices = /<devices>[\s\S]*<\/devices>/.exec(BASE)?.[0] ?? '';
    assert.deepEqual(errorsOf(BASE.replace(devices, `${devices}${devices}`)), ['grammar/repeated-element']);
  });

  test('a misplaced element counts where it belongs', () => {
    const memory = "<memory unit='GiB'>2</memory>";
    const moved = BASE.replace(memory, '').replace("machine='q35'>hvm</type>", `machine='q35'>hvm</type>${memory}`);
    assert.deepEqual(errorsOf(moved), ['grammar/misplaced-element']);
  });
});

test('where a refusal says why, the grammar does not repeat it', () => {
  const text = BASE.replace('<vcpu>2</vcpu>', '<vcpu>0</vcpu>');
  assert.deepEqual(errorsOf(text), ['cpu/vcpu-count']);
});

test('findings come in the order of the text, each inside it', () => {
  const findings = checkText(BASE.replace('<vcpu', '<vcpuu').replace("cpu mode='custom'", "cpu mode='costum'"));
  assert.ok(findings.length > 1);
  findings.reduce((last, { start, end }) => {
    assert.ok(last <= start && start <= end && end <= BASE.length + 8);
    return start;
  }, 0);
});

test('any text is checked without an exception', () => {
  for (const text of [
    '',
    '<',
    '<domain',
    '<domain>',
    '<domain type="kvm"><devices><disk',
    '\0',
    '<network/>',
    '</domain>',
  ])
    checkText(text);
});

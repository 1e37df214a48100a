import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkText } from '../../../server/src/check.ts';
import { composeEdits } from '../../../server/src/features/composedEdits.ts';
import { fixAll } from '../../../server/src/features/fixAll.ts';
import { applyEdits, type TextEdit } from '../../../server/src/finding.ts';
import { Random } from '../../support/random.ts';
import { withDevices } from '../grammar/domains.ts';

const check = (text: string) => checkText(text);
const fixed = (text: string) => applyEdits(text, fixAll(text, check));
const errors = (text: string) => check(text).filter(({ severity }) => severity === 'error').length;

const MISTAKES = withDevices(`    <disk tpye='file' device='disk'>
      <driver name='qemu' type='qcow2' cahce='none'/>
      <source file='/a.qcow2'/>
      <target dev='vda' bus='virtoi'/>
    </disk>
    <interface type='network'>
      <source netwrok='default'/>
    </interface>`);

describe('fixing all', () => {
  test('mends every mistake that has one obvious fix', () => {
    assert.equal(
      fixed(MISTAKES),
      MISTAKES.replace('tpye', 'type')
        .replace('cahce', 'cache')
        .replace('virtoi', 'virtio')
        .replace('netwrok', 'network'),
    );
  });

  test('changes no more than what is wrong', () => {
    assert.ok(fixAll(MISTAKES, check).every(({ start, end }) => end - start < 10));
  });

  test('neither takes elements away nor adds any', () => {
    const broken = withDevices(
      "    <disk type='file'>\n      <target dev='vda'/>\n      <target dev='vdb'/>\n    </disk>",
    );
    assert.deepEqual(fixAll(broken, check), []);
    assert.ok(check(broken).some(({ fixes }) => fixes().some(({ preferred }) => preferred)));
  });

  test('leaves a document with nothing to mend as it is', () => {
    assert.deepEqual(fixAll(withDevices("    <input type='tablet' bus='usb'/>"), check), []);
  });

  test('done twice is done once, and never makes a broken document worse', () => {
    const random = new Random(4711);
    for (let round = 0; round < 60; round++) {
      let text = MISTAKES;
      for (let cut = random.below(4); cut >= 0; cut--) {
        const start = random.below(text.length);
        text = text.slice(0, start) + text.slice(start + random.below(6));
      }
      const once = fixed(text);
      assert.equal(fixed(once), once, text);
      assert.ok(errors(once) <= errors(text), text);
    }
  });
});

test('two rounds of edits are one', () => {
  const random = new Random(42);
  const edits = (text: string): TextEdit[] => {
    const all: TextEdit[] = [];
    for (let at = random.below(4); at <= text.length; at += 1 + random.below(5)) {
      const end = Math.min(text.length, at + random.below(4));
      all.push({ start: at, end, newText: 'XYZ'.slice(random.below(4)) });
      at = end;
    }
    return all;
  };
  for (let round = 0; round < 2000; round++) {
    const text = 'abcdefghijklmnop'.slice(random.below(16));
    const first = edits(text);
    const between = applyEdits(text, first);
    const second = edits(between);
    const both = composeEdits(first, between, second);
    assert.equal(applyEdits(text, both), applyEdits(between, second));
    for (const [index, { start }] of both.entries()) assert.ok(start > (both[index - 1]?.end ?? -1));
  }
});

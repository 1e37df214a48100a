import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sortElements } from '../../../server/src/features/sortElements.ts';
import { applyEdits } from '../../../server/src/finding.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { Random } from '../../support/random.ts';
import { shuffled } from '../../support/shuffled.ts';
import { sampleDomains } from '../xml/sampleDomains.ts';

const sorted = (text: string): string => applyEdits(text, sortElements(parseXml(text)));

test('children stand as libvirt prints them, at every depth', () => {
  assert.equal(
    sorted(`<domain>
  <devices>
    <interface type='user'/>
    <disk>
      <target dev='vda'/>
      <source file='/a'/>
    </disk>
    <disk/>
  </devices>
  <vcpu>2</vcpu>
  <name>vm</name>
</domain>`),
    `<domain>
  <name>vm</name>
  <vcpu>2</vcpu>
  <devices>
    <disk>
      <source file='/a'/>
      <target dev='vda'/>
    </disk>
    <disk/>
    <interface type='user'/>
  </devices>
</domain>`,
  );
});

test('comments go with the element below them, or before them in their line', () => {
  assert.equal(
    sorted(
      `<os>
  <!-- 1 -->
  <boot dev='hd'/> <!-- 2 -->

  <!-- 3
       3 -->
  <!-- 4 -->
  <type>hvm</type> <!-- 5 --> <!-- 6 -->
  <!-- 7 -->
</os>`
        .replace(/^/, '<domain>')
        .concat('</domain>'),
    ),
    `<domain><os>
  <!-- 3
       3 -->
  <!-- 4 -->
  <type>hvm</type> <!-- 5 --> <!-- 6 -->

  <!-- 1 -->
  <boot dev='hd'/> <!-- 2 -->
  <!-- 7 -->
</os></domain>`,
  );
});

test('what libvirt does not print stays behind what stands before it', () => {
  assert.equal(
    sorted('<domain><x:a/><vcpu/><x:b/><name/><c/></domain>'),
    '<domain><x:a/><name/><c/><vcpu/><x:b/></domain>',
  );
});

test('an interface of the host has its driver before its source', () => {
  const face = (type: string) =>
    `<domain><devices><interface type='${type}'><source/><driver/></interface></devices></domain>`;
  assert.equal(sorted(face('hostdev')), face('hostdev').replace('<source/><driver/>', '<driver/><source/>'));
  assert.equal(sorted(face('bridge')), face('bridge'));
});

test('what has its place keeps it: text, broken elements, regions, other documents', () => {
  for (const text of [
    '<domain>text<vcpu/><name/></domain>',
    '<domain><vcpu/><name/><os></domain>',
    '<domain><vcpu/><name/>',
    '<domain><!-- #region a --><vcpu/><!-- #endregion --><name/></domain>',
    '<network><bridge/><name/></network>',
    '<domain><vcpu/><?pi ?><name/></domain>',
  ])
    assert.equal(sorted(text), text);
});

test('however elements are mixed, sorting brings one order, and a second time changes nothing', () => {
  const random = new Random(17);
  for (let round = 0; round < 200; round++) {
    const text = random.pick(sampleDomains);
    const once = sorted(text);
    assert.equal(sorted(once), once);
    if (!/<!--/.test(text)) assert.equal(sorted(shuffled(once, random)), once);
  }
});

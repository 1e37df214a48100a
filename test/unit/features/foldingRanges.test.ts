import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldingRanges } from '../../../server/src/features/foldingRanges.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';

const folds = (text: string): string[] =>
  foldingRanges(parseXml(text)).map((one) => `${one.startLine}-${one.endLine} ${one.kind}: ${one.collapsedText}`);

test('elements fold up to the line of their end tag', () => {
  const text = `<domain type='kvm'>
  <name>web</name>
  <devices>
    <disk type='file'>
      <target dev='vda' bus='virtio'/>
      <source file='/web.img'/>
    </disk>
    <controller type='pci'
                index='0'
                model='pcie-root'/>
  </devices>
</domain>`;
  assert.deepEqual(folds(text), [
    '0-10 element: Domain web kvm',
    '2-9 element: Devices',
    '3-5 element: Disk vda (virtio) /web.img',
    '7-9 element: Controller pci 0 pcie-root',
  ]);
});

test('comments and regions', () => {
  const text = `<!-- One
     remark -->
<domain>
  <!-- #region Limits -->
  <!-- #region inner -->
  <vcpu>2</vcpu>
  <!-- #endregion -->
  <!-- one line -->
  <!-- #endregion -->
  <!-- #endregion -->
</domain>`;
  assert.deepEqual(folds(text), [
    '0-1 comment: <!-- One … -->',
    '2-9 element: Domain',
    '3-8 region: Limits',
    '4-6 region: inner',
  ]);
});

test('of what starts in one line the longest folds; what ends in its line does not', () => {
  assert.deepEqual(folds('<domain><devices>\n<disk/>\n</devices>\n<os/>\n</domain>'), ['0-3 element: Domain']);
  assert.deepEqual(folds('<domain><devices><disk/></devices></domain>'), []);
  assert.deepEqual(folds('<domain><name>a\n</name></domain>'), ['0-1 element: Domain a']);
});

test('a document that breaks off still folds', () => {
  assert.deepEqual(folds("<domain>\n  <devices>\n    <disk type='fi"), ['0-2 element: Domain', '1-2 element: Devices']);
});

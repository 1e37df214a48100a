/** File, definition and running guest on one page. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { comparisonPage } from '../../../client/src/documents/comparisonPage.ts';
import { changesBetween, pendingChanges } from '../../../virsh/src/index.ts';

const domain = (vcpus: number, title: string) =>
  `<domain type='kvm'><name>web</name>${title && `<title>${title}</title>`}<vcpu>${vcpus}</vcpu></domain>`;
const page = (file: string | undefined, definition: string, live: string | undefined) =>
  comparisonPage({
    name: 'web',
    host: 'lab',
    fileName: 'web.xml',
    inFile: file === undefined ? undefined : changesBetween(definition, file),
    pending: live === undefined ? undefined : pendingChanges(live, definition),
  });

describe('the page that compares file, definition and running guest', () => {
  it('has a row for each part that is not the same everywhere', () => {
    const text = page(domain(4, 'a|b'), domain(2, ''), domain(1, ''));
    assert.match(text, /\| {2}\| web.xml \| Definition \| Running guest \|/);
    assert.match(text, /\| vCPUs \| 4 \| 2 \| 1 \|/);
    assert.match(text, /\| Title \| a\\\|b \| – \| = \|/);
    assert.match(text, /- vCPUs changes from 1 to 2\. Now: virsh setvcpus --live\./);
  });

  it('leaves out what there is not', () => {
    assert.match(page(undefined, domain(2, ''), domain(1, '')), /\| {2}\| Definition \| Running guest \|/);
    assert.match(page(domain(1, ''), domain(2, ''), undefined), /\| {2}\| web.xml \| Definition \|\n/);
  });

  it('says so where nothing differs', () => {
    assert.match(
      page(domain(1, ''), domain(1, ''), domain(1, '')),
      /File, definition and running guest say the same\./,
    );
    assert.match(page(undefined, domain(1, ''), undefined), /The guest is off/);
  });
});

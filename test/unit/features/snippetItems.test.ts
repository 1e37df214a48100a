/** Snippets among the completions: only where they fit, with what is free in this document. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Completion, completion } from '../../../server/src/features/completion.ts';
import { completionCard } from '../../../server/src/features/completionCard.ts';
import { applyEdits } from '../../../server/src/finding.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { atMark } from '../../support/cursor.ts';

function offered(marked: string): Completion[] {
  const { text, offset } = atMark(marked);
  return completion(parseXml(text), offset).filter(({ kind }) => kind === 'snippet');
}

const labels = (marked: string): string[] => offered(marked).map(({ label }) => label);

function one(marked: string, label: string): Completion {
  const item = offered(marked).find((item) => item.label === label);
  assert.ok(item, `${label} is not among ${labels(marked)}`);
  return item;
}

const taken = (marked: string, label: string): string => applyEdits(atMark(marked).text, [one(marked, label).edit]);

const domain = (inside: string): string => `<domain type='kvm'>\n${inside}</domain>\n`;
const devices = (inside: string): string => domain(`  <devices>\n    ${inside}\n  </devices>\n`);

describe('where they fit', () => {
  test('devices stand in devices only', () => {
    assert.ok(labels(devices('|')).includes('disk-qcow2'));
    assert.ok(!labels(devices('|')).includes('iothreads'));
    assert.ok(!labels(domain('  |\n')).includes('disk-qcow2'));
    assert.deepEqual(labels(devices("<disk type='file'>|</disk>")), []);
  });
  test('what may stand once is offered once', () => {
    assert.ok(labels(domain('  |\n')).includes('iothreads'));
    assert.ok(!labels(domain('  <iothreads>1</iothreads>\n  |\n')).includes('iothreads'));
  });
  test('whole documents in an empty file', () => {
    assert.ok(labels('|').includes('vm-windows'));
    assert.ok(labels('vm-win|').includes('vm-windows'));
    assert.deepEqual(labels("<domain type='kvm'/>\n|"), []);
  });
  test('not in a tag that goes on', () => assert.deepEqual(labels(devices("<dis|k type='file'/>")), []));
  test('not in a text', () => assert.deepEqual(labels(domain('  <name>di|</name>\n')), []));
});

describe('what they write', () => {
  test('the word that is typed is replaced', () => {
    assert.equal(taken(devices('rn|'), 'rng'), taken(devices('|'), 'rng'));
    assert.equal(taken(devices('<rn|'), 'rng'), taken(devices('|'), 'rng'));
  });
  test('the next free name stands in it', () => {
    const marked = devices("<disk type='file'><source file='/a'/><target dev='vda' bus='virtio'/></disk>\n    |");
    assert.match(one(marked, 'disk-qcow2').snippet ?? '', /<target dev='\$\{2:vdb\}' bus='virtio'\/>/);
    assert.match(one(marked, 'disk-qcow2').edit.newText, /<target dev='vdb' bus='virtio'\/>/);
  });
  test('places of one number stay the same', () => {
    const marked = devices("<controller type='scsi' index='0' model='virtio-scsi'/>\n    |");
    const text = one(marked, 'disk-scsi').edit.newText;
    assert.match(text, /<controller type='scsi' index='1'/);
    assert.match(text, /<address type='drive' controller='1'/);
  });
  test('indentation is the editor’s affair', () => {
    assert.match(one(devices('|'), 'disk-qcow2').snippet ?? '', /\n\t<driver/);
  });
  test('addresses of the host are not made up from those of the guest', () => {
    const marked = devices("<controller type='pci' index='7' model='pcie-root-port'/>\n    |");
    assert.match(one(marked, 'hostdev-pci').edit.newText, /bus='0x01' slot='0x00'/);
  });
});

test('beside it stands what it is, what it needs, and the XML', () => {
  const text = completionCard(one(devices('|'), 'disk-iothread')) ?? '';
  assert.match(text, /^A thread of its own[\s\S]*`iothreads`[\s\S]*```xml\n<disk/);
});

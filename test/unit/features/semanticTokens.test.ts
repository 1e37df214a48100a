import assert from 'node:assert/strict';
import { test } from 'node:test';
import { semanticTokens } from '../../../server/src/features/semanticTokens.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';

const tokens = (text: string, part?: { start: number; end: number }): string[] =>
  semanticTokens(parseXml(text), part).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);

test('names, and values by their kind, in document order', () => {
  assert.deepEqual(tokens("<domain type='kvm'><memory unit='GiB'>8</memory></domain>"), [
    'element domain',
    'attribute type',
    'word kvm',
    'element memory',
    'attribute unit',
    'unit GiB',
    'number 8',
    'element memory',
    'element domain',
  ]);
});

test('paths, UUIDs, MAC addresses, sets of CPUs and words of the grammar; other text is not told', () => {
  const values = (text: string) => tokens(text).filter((token) => !/^(element|attribute) /.test(token));
  const uuid = '6ba410c5-1e5c-4d57-bee7-2228e7ffa32f';
  assert.deepEqual(
    values(`<domain><name>web</name><uuid>${uuid}</uuid><vcpu cpuset='0-3,^2'>4</vcpu><on_crash>destroy</on_crash>
      <devices><emulator>/usr/bin/q</emulator><disk><source file='/a b.img'/><target dev='vda'/><address bus='0x00'/></disk>
      <interface type='bridge'><mac address='52:54:00:11:22:33'/><model type='virtio'/></interface></devices></domain>`),
    [
      `uuid ${uuid}`,
      'number 0-3,^2',
      'number 4',
      'word destroy',
      'path /usr/bin/q',
      'path /a b.img',
      'number 0x00',
      'word bridge',
      'mac 52:54:00:11:22:33',
    ],
  );
});

test('what goes over lines, and what is written otherwise than it reads, is left out', () => {
  assert.deepEqual(
    tokens("<a b='1\n'><c>&#49;</c></a>").filter((token) => /1/.test(token)),
    [],
  );
});

test('of a part only what touches it', () => {
  const text = '<domain><name>a</name><vcpu>1</vcpu><cpu/></domain>';
  const start = text.indexOf('1</vcpu');
  assert.deepEqual(tokens(text, { start, end: start + 1 }), [
    'element domain',
    'element vcpu',
    'number 1',
    'element vcpu',
    'element domain',
  ]);
});

test('in half-typed documents', () => {
  assert.deepEqual(tokens("<domain type='kvm'><vcpu>4</vc"), [
    'element domain',
    'attribute type',
    'word kvm',
    'element vcpu',
    'number 4',
    'element vc',
  ]);
  assert.deepEqual(tokens('<'), []);
});

test('a document of ten thousand disks', () => {
  const text = `<domain><devices>${"<disk type='file'><target dev='vda' bus='virtio'/></disk>".repeat(10_000)}</devices></domain>`;
  const started = performance.now();
  assert.equal(semanticTokens(parseXml(text)).length, 4 + 10_000 * 8);
  assert.ok(performance.now() - started < 2000);
});

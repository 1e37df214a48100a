import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { domainGrammar } from '../../../server/src/grammar/builtIn.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { withDevices } from './domains.ts';

/** Far above what any of these takes (some 100 ms): what is not bounded takes minutes. */
const PATIENCE_MILLISECONDS = 10_000;

const nested = (inside: string, depth: number) => inside.repeat(depth) + '</backingStore>'.repeat(depth);
const texts: readonly [what: string, text: string][] = [
  ['50,000 unknown children', withDevices('<gadget/>'.repeat(50_000))],
  [
    '50,000 unknown children, all different',
    withDevices(Array.from({ length: 50_000 }, (_, i) => `<g${i}/>`).join('')),
  ],
  ['50,000 misspelt children', withDevices('<dsik/>'.repeat(50_000))],
  ['50,000 repeated children', `<domain type='kvm'>${'<name>x</name><memory>x</memory>'.repeat(25_000)}</domain>`],
  [
    '10,000 times one error inside',
    withDevices("<disk type='file'><driver cache='noen'/><source file='/a'/><target dev='vda'/></disk>".repeat(10_000)),
  ],
  [
    '10,000 times errors on every level',
    withDevices(
      "<interface type='network' a='1'><source bridge='x' dev='y' mode='z'/><model typ='virtio'/><mac address='zz'/></interface>".repeat(
        10_000,
      ),
    ),
  ],
  ['1,000 attributes', withDevices(`<disk ${Array.from({ length: 1000 }, (_, i) => `a${i}='1'`).join(' ')}/>`)],
  [
    'attributes of every kind of address',
    withDevices(
      "<disk><address type='pci' controller='1' bus='1' target='1' unit='1' domain='1' slot='1' function='1' port='x' iobase='x' reg='x' cssid='x' devno='x' base='1'/></disk>".repeat(
        1000,
      ),
    ),
  ],
  [
    'errors in a deep chain of rivals',
    withDevices(
      `<disk type='file'>${nested("<backingStore type='network'><format/><source protocol='foo' name='x'/>", 240)}</disk>`,
    ),
  ],
  ['5,000 levels', withDevices(`${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}<b/>`)],
];

describe('the search for repairs is bounded', () => {
  for (const [what, text] of texts)
    it(what, () => {
      const started = performance.now();
      const errors = domainGrammar().check(parseXml(text));
      assert.ok(performance.now() - started < PATIENCE_MILLISECONDS);
      assert.ok(errors.length > 0 && errors.length <= 500, `${errors.length} errors`);
    });
});

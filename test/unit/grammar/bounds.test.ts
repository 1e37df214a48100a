import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkText } from '../../../server/src/check.ts';
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

const MEGABYTE = 'x'.repeat(2 ** 20);
const huge: readonly [what: string, text: string][] = [
  ['1 MB in one attribute', withDevices(`<disk type='${MEGABYTE}'><target dev='${MEGABYTE}'/></disk>`)],
  ['1 MB in an attribute that is not closed', withDevices(`<disk type='${MEGABYTE}`)],
  [
    'a list of 500,000 numbers',
    withDevices('').replace('<devices>', `<vcpu cpuset='${'1,'.repeat(2 ** 19)}'>4</vcpu><devices>`),
  ],
  ['50,000 attributes', withDevices(`<disk ${"type='file' ".repeat(50_000)}/>`)],
  [
    '50,000 good devices',
    withDevices("<interface type='network'><source network='default'/></interface>".repeat(50_000)),
  ],
  ['50,000 devices that lack something', withDevices("<hostdev mode='subsystem' type='pci'/>".repeat(50_000))],
  ['50,000 open tags', withDevices('<'.repeat(50_000))],
];
/** Of the processor; other processes do not count. */
const BOUND_MILLISECONDS = 2000;

describe('a whole check is bounded', () => {
  for (const [what, text] of huge)
    it(what, () => {
      const started = process.cpuUsage();
      checkText(text);
      const { user } = process.cpuUsage(started);
      assert.ok(user / 1000 < BOUND_MILLISECONDS, `${user / 1000} ms`);
    });

  it('says everything of very many findings', () => {
    const findings = checkText(withDevices("<disk type='file'><target dev='vda' bus='virtio'/></disk>".repeat(50_000)));
    assert.ok(findings.length > 100_000, `${findings.length}`);
  });
});

describe('the search for repairs is bounded', () => {
  for (const [what, text] of texts)
    it(what, () => {
      const started = performance.now();
      const errors = domainGrammar().check(parseXml(text));
      assert.ok(performance.now() - started < PATIENCE_MILLISECONDS);
      assert.ok(errors.length > 0 && errors.length <= 500, `${errors.length} errors`);
    });
});

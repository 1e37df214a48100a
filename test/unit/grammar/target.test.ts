/** Documents for a certain libvirt release: what is newer is a warning, what was mistaken stays an error. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkText } from '../../../server/src/check.ts';
import { completion } from '../../../server/src/features/completion.ts';
import { hover } from '../../../server/src/features/hover.ts';
import { builtInGrammars, knownReleases } from '../../../server/src/grammar/builtIn.ts';
import { chooseGrammar } from '../../../server/src/grammar/chosen.ts';
import { compileReleases } from '../../../server/src/grammar/compile/releases.ts';
import { KindGrammars } from '../../../server/src/grammar/kindGrammars.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { atMark } from '../../support/cursor.ts';
import { withDevices } from './domains.ts';
import { schema } from './schemas.ts';

const disk = (driver: string, more = '') =>
  `<disk type='file' device='disk'><driver name='qemu' type='qcow2' ${driver}/><source file='/a'/><target dev='vda' bus='virtio'/>${more}</disk>`;

/** What the grammar says, `severity message at «token»`. */
function said(text: string, target?: string): string[] {
  return checkText(text, { source: builtInGrammars, ...(target && { target }) })
    .filter(({ rule }) => rule.startsWith('grammar/'))
    .map(({ severity, message, start, end }) => `${severity} «${text.slice(start, end)}» ${message}`);
}

describe('a target release', () => {
  it('is the newest where none is named', () => {
    assert.deepEqual(knownReleases(), ['7.0', '9.0', '11.3', '12.8']);
    assert.deepEqual(said(withDevices(disk("discard_no_unref='on'"))), []);
  });

  const newer: readonly (readonly [what: string, devices: string, warning: RegExp])[] = [
    [
      'an attribute',
      disk("discard_no_unref='on'"),
      /^warning «discard_no_unref» `discard_no_unref` of `<driver>` needs libvirt 9\.5 or newer; the target is 9\.0\.$/,
    ],
    [
      'an element',
      "<crypto model='virtio' type='qemu'><backend model='builtin' queues='1'/></crypto>",
      /^warning «crypto» `<crypto>` in `<devices>` needs libvirt 9\.1 or newer; the target is 9\.0\.$/,
    ],
    [
      'a value',
      "<sound model='virtio'/>",
      /^warning «(?:model=')?virtio'?» `virtio` as `model` of `<sound>` needs libvirt 10\.4 or newer; the target is 9\.0\.$/,
    ],
    [
      'what is not dated',
      "<interface type='user'><backend type='default'/></interface>",
      /^warning «(?:type=')?default'?» `default` as `type` of `<backend>` is not in libvirt 9\.0; it is in 11\.3\.$/,
    ],
  ];
  for (const [what, devices, warning] of newer)
    it(`makes ${what} that is newer a warning`, () => {
      const [only, ...others] = said(withDevices(devices), '9.0');
      assert.match(only ?? '', warning);
      assert.deepEqual(others, []);
      assert.deepEqual(said(withDevices(devices), '11.3'), []);
      assert.deepEqual(said(withDevices(devices), '12.8.0'), []);
    });

  it('between two known releases knows what is dated, and gives the rest the benefit of the doubt', () => {
    const text = withDevices(
      `${disk("discard_no_unref='on'")}<sound model='virtio'/><pstore backend='acpi-erst'><path>/a</path><size unit='KiB'>8</size></pstore><interface type='user'><backend type='default'/></interface>`,
    );
    assert.deepEqual(said(text, '9.4.0'), [
      'warning «discard_no_unref» `discard_no_unref` of `<driver>` needs libvirt 9.5 or newer; the target is 9.4.',
      'warning «virtio» `virtio` as `model` of `<sound>` needs libvirt 10.4 or newer; the target is 9.4.',
      'warning «pstore» `<pstore>` in `<devices>` needs libvirt 10.6 or newer; the target is 9.4.',
    ]);
    assert.deepEqual(
      said(text, '9.5').map((one) => one.split(' ')[1]),
      ['«virtio»', '«pstore»'],
    );
    assert.deepEqual(said(text, '10.6.0'), []);
  });

  it('between two known releases is named as the user named it', () => {
    assert.deepEqual(said(withDevices("<video><model type='virtio' edid='on'/></video>"), '10.0'), [
      'warning «edid» `edid` of `<model>` needs libvirt 11.7 or newer; the target is 10.0.',
    ]);
  });

  it('between two known releases is not told twice of one token', () => {
    const short = (devices: string, target: string) =>
      said(withDevices(devices), target).map((one) => one.split(' ').slice(0, 2).join(' '));
    assert.deepEqual(short(disk("discard_no_unref='maybe'"), '9.4'), ['warning «discard_no_unref»', 'error «maybe»']);
    const filters = "<throttlefilters><throttlefilter group='a'/></throttlefilters>";
    assert.deepEqual(short(disk('', filters + filters), '11.0'), [
      'warning «throttlefilters»',
      'error «throttlefilters»',
    ]);
  });

  it('leaves mistakes errors, beside what is newer and inside it', () => {
    const beside = said(withDevices(disk("cahce='none' discard_no_unref='on'")), '9.0');
    assert.deepEqual(beside.map((one) => one.split(' ').slice(0, 2).join(' ')).sort(), [
      'error «cahce»',
      'warning «discard_no_unref»',
    ]);
    const inside = said(
      withDevices("<crypto model='virtio' type='qemu'><backend model='biultin' queues='1'/></crypto>"),
      '9.0',
    );
    assert.deepEqual(
      inside.map((one) => one.split(' ').slice(0, 2).join(' ')),
      ['warning «crypto»', 'error «biultin»'],
    );
  });

  it('takes what the newest release does not take any more', () => {
    const attribute = (name: string) => `<start><element name="vm"><attribute name="${name}"/></element></start>`;
    const files: Readonly<Record<string, string>> = {
      '8.0.0': schema(attribute('old')),
      '9.0.0': schema(attribute('new')),
    };
    const result = compileReleases(
      'vm',
      Object.entries(files).map(([name, text]) => ({ name, read: () => text })),
    );
    assert.ok(result.ok);
    const grammars = new KindGrammars(result.table);
    const rules = (text: string, target: string) =>
      checkText(text, { source: () => grammars, target }).map(({ rule }) => rule);
    assert.deepEqual(rules("<vm old='x'/>", '8.0'), []);
    assert.deepEqual(rules("<vm old='x'/>", '9.0'), ['grammar/missing-attribute', 'grammar/unknown-attribute']);
    assert.deepEqual([...new Set(rules("<vm new='x'/>", '8.0'))], ['grammar/newer-than-target']);
  });

  it('decides what is offered', () => {
    const { text, offset } = atMark(withDevices(disk('|')));
    const offered = (target: string) => {
      const document = parseXml(text);
      chooseGrammar(document, { source: builtInGrammars, target });
      return completion(document, offset).map(({ label }) => label);
    };
    assert.ok(!offered('9.0').includes('discard_no_unref'));
    assert.ok(offered('11.3').includes('discard_no_unref'));
  });

  it('is told by hover, also where the target does not know the thing', () => {
    const text = withDevices(disk("discard_no_unref='on'"));
    for (const target of ['9.0', '12.8']) {
      const document = parseXml(text);
      chooseGrammar(document, { source: builtInGrammars, target });
      assert.match(
        hover(document, text.indexOf('discard_no_unref'))?.markdown ?? '',
        /Takes `on`, `off`\..*Since libvirt 9\.5\./s,
      );
    }
    const old = parseXml(withDevices(disk("discard='unmap'")));
    assert.doesNotMatch(hover(old, old.text.indexOf('discard'))?.markdown ?? '', /Not in libvirt|Since libvirt/);
    const value = parseXml(withDevices("<sound model='virtio'/>"));
    assert.match(hover(value, value.text.indexOf("'virtio'/>") + 1)?.markdown ?? '', /Since libvirt 10\.4\./);
    const undated = parseXml(withDevices("<interface type='user'><backend type='default'/></interface>"));
    assert.match(
      hover(undated, undated.text.indexOf("'default'/>") + 1)?.markdown ?? '',
      /Not in libvirt 9\.0; in 11\.3\./,
    );
  });
});

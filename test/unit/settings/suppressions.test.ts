import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkDocument } from '../../../server/src/check.ts';
import { NAMESPACE } from '../../../server/src/domain/lintMetadata.ts';
import { mend } from '../../../server/src/features/mend.ts';
import { applyEdits, type Finding } from '../../../server/src/finding.ts';
import { configurationOf } from '../../../server/src/settings/configuration.ts';
import { ruleSettings } from '../../../server/src/settings/settings.ts';
import { settle } from '../../../server/src/settings/settle.ts';
import { suppressingFixes } from '../../../server/src/settings/suppressions/write.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';

const RULE = 'disk/emulated-bus';
const disk = (bus: string, dev: string) => `    <disk type='file' device='disk'>
      <driver name='qemu' type='raw' cache='none'/>
      <source file='/a/${dev}.img'/>
      <target dev='${dev}' bus='${bus}'/>
    </disk>`;
const domain = (devices: string, metadata = '') => `<domain type='kvm'>
  <name>a</name>${metadata}
  <memory unit='GiB'>2</memory>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
  </os>
  <cpu mode='host-model'/>
  <devices>
${devices}
  </devices>
</domain>
`;

function told(text: string, own: object = {}): readonly Finding[] {
  const document = parseXml(text);
  return settle(document, checkDocument(document), configurationOf(undefined, ruleSettings(own))).findings;
}
const about = (findings: readonly Finding[], ...rules: string[]) =>
  findings.filter(({ rule }) => rules.includes(rule) || rule.startsWith('virtlint/')).map(({ rule }) => rule);
const fixed = (text: string, finding: Finding | undefined) => applyEdits(text, finding?.fixes()[0]?.edits ?? []);
const two = domain(`${disk('sata', 'sda')}\n${disk('sata', 'sdb')}`);

describe('a comment before an element', () => {
  test('silences a rule in it, and nowhere else', () => {
    assert.deepEqual(about(told(two), RULE), [RULE, RULE]);
    const text = two.replace('    <disk', `    <!-- virtlint-disable-next ${RULE}: old installer -->\n    <disk`);
    const [left, ...none] = told(text).filter(({ rule }) => rule === RULE);
    assert.deepEqual(none, []);
    assert.ok(left && text.slice(0, left.start).includes('sda.img'), 'the second one is still told of');
    assert.deepEqual(about(told(text)), []);
  });

  test('reaches the innermost elements, over other comments', () => {
    const text = two.replace('<devices>', `<!--virtlint-disable-next ${RULE}: lab--> <!-- others -->\n  <devices>`);
    assert.deepEqual(about(told(text), RULE), []);
  });

  test('names several rules', () => {
    const comment = `<!-- virtlint-disable-next disk/cache-default, ${RULE}: lab -->`;
    const text = two.replaceAll(" cache='none'", '').replace('<devices>', `${comment}\n  <devices>`);
    assert.deepEqual(about(told(text), RULE, 'disk/cache-default'), []);
  });

  test('silences the grammar too, but not the parser', () => {
    const misspelt = two.replace(
      '<driver name',
      '<!-- virtlint-disable-next grammar/misspelt-attribute: vendor -->\n<driver nmae',
    );
    assert.deepEqual(about(told(misspelt), 'grammar/misspelt-attribute'), []);
    const broken = two.replace('<devices>', '<!-- virtlint-disable-next xml/unquoted-value: no -->\n<devices a=b>');
    assert.deepEqual(about(told(broken), 'xml/unquoted-value'), ['virtlint/invalid-suppression', 'xml/unquoted-value']);
  });
});

describe('a comment in the head', () => {
  test('silences a rule in the whole file', () => {
    const text = `<?xml version='1.0'?>\n<!--\n  virtlint-disable ${RULE}: all from the old host\n-->\n${two}`;
    assert.deepEqual(about(told(text), RULE), []);
  });

  test('is told of where it stands elsewhere, and changed', () => {
    const text = two.replace('<devices>', `<!-- virtlint-disable ${RULE}: x -->\n  <devices>`);
    const findings = told(text).filter(({ rule }) => rule.startsWith('virtlint/'));
    assert.deepEqual(about(findings), ['virtlint/invalid-suppression']);
    assert.deepEqual(about(told(fixed(text, findings[0])), RULE), []);
  });
});

describe('metadata', () => {
  const metadata = (inner: string) => `
  <metadata>
    <virtlint:lint xmlns:virtlint='${NAMESPACE}'>
      ${inner}
    </virtlint:lint>
  </metadata>`;
  const devices = `${disk('sata', 'sda')}\n${disk('sata', 'sdb')}`;

  test('silences a rule in the whole domain, or for one device', () => {
    const whole = domain(devices, metadata(`<virtlint:suppress rule='${RULE}'>lab</virtlint:suppress>`));
    assert.deepEqual(about(told(whole), RULE), []);
    const one = domain(devices, metadata(`<virtlint:suppress rule='${RULE}' device='sdb'>lab</virtlint:suppress>`));
    assert.deepEqual(about(told(one), RULE), [RULE]);
  });

  test('of a device that is not there is told of', () => {
    const text = domain(devices, metadata(`<virtlint:suppress rule='${RULE}' device='sdx'>lab</virtlint:suppress>`));
    const findings = told(text);
    assert.deepEqual(about(findings), ['virtlint/unused-suppression']);
    const [own] = findings.filter(({ rule }) => rule.startsWith('virtlint/'));
    assert.doesNotMatch(fixed(text, own), /virtlint:suppress/);
  });

  test('of another namespace is none of ours', () => {
    const text = domain(devices, metadata(`<virtlint:suppress rule='${RULE}'>lab</virtlint:suppress>`)).replace(
      NAMESPACE,
      'urn:x',
    );
    assert.deepEqual(about(told(text), RULE), [RULE, RULE]);
  });

  test('that says nothing sensible is told of', () => {
    for (const inner of ['<virtlint:suppress>lab</virtlint:suppress>', '<virtlint:supress/>', '<other/>'])
      assert.deepEqual(about(told(domain(devices, metadata(inner)))), ['virtlint/invalid-suppression'], inner);
  });
});

describe('what is wrong with a suppression', () => {
  const cases: readonly (readonly [comment: string, rules: string[], fixed?: string])[] = [
    ['virtlint-disable-next disk/cache-unsafe: none here', ['virtlint/unused-suppression'], ''],
    [`virtlint-disable-next ${RULE}`, ['virtlint/missing-reason']],
    [`virtlint-disable-next ${RULE}:  `, ['virtlint/missing-reason']],
    [
      'virtlint-disable-next disk/emulated-bsu: x',
      ['virtlint/unknown-rule'],
      '<!-- virtlint-disable-next disk/emulated-bus: x -->',
    ],
    ['virtlint-disable-next disk: x', ['virtlint/unknown-rule']],
    ['virtlint-disable-next', ['virtlint/invalid-suppression']],
    ['virtlint-ignore disk/cache-unsafe: x', ['virtlint/invalid-suppression']],
    ['virtlint-disable-next virtlint/unused-suppression: x', ['virtlint/invalid-suppression']],
    ['virtlint is a linter', []],
    [
      `virtlint-disable-next disk/io-native-cache, ${RULE}: x`,
      ['virtlint/unused-suppression'],
      `<!-- virtlint-disable-next ${RULE}: x -->`,
    ],
    [
      `virtlint-disable-next ${RULE}, disk/io-native-cache: x`,
      ['virtlint/unused-suppression'],
      `<!-- virtlint-disable-next ${RULE}: x -->`,
    ],
  ];
  for (const [comment, rules, after] of cases)
    test(`${comment} → ${rules}`, () => {
      const text = two.replace('    <disk', `    <!-- ${comment} -->\n    <disk`);
      const own = told(text).filter(({ rule }) => rule.startsWith('virtlint/'));
      assert.deepEqual(about(own), rules);
      if (after === undefined) return;
      const [line] = fixed(text, own[0]).split('\n').slice(8);
      assert.equal(line?.trim(), after || "<disk type='file' device='disk'>");
    });

  test('before nothing', () => {
    const text = two.replace('  </devices>', `    <!-- virtlint-disable-next ${RULE}: x -->\n  </devices>`);
    assert.deepEqual(about(told(text)), ['virtlint/invalid-suppression']);
  });

  test('can be turned off by settings', () => {
    const text = two.replace('    <disk', `    <!-- virtlint-disable-next ${RULE} -->\n    <disk`);
    assert.deepEqual(about(told(text, { severity: { virtlint: 'off' } })), []);
  });

  test('a rule that is turned off anyway is no unused suppression', () => {
    const text = two.replace('    <disk', `    <!-- virtlint-disable-next ${RULE}: x -->\n    <disk`);
    assert.deepEqual(about(told(text, { severity: { [RULE]: 'off' } })), []);
  });
});

describe('what writes a suppression', () => {
  const actions = (text: string, rule = RULE) => {
    const document = parseXml(text);
    const finding = checkDocument(document).find((one) => one.rule === rule);
    assert.ok(finding);
    return suppressingFixes(finding, document);
  };

  test('a comment before the element, whose reason is asked for', () => {
    const [comment] = actions(two);
    const text = applyEdits(two, comment?.edits ?? []);
    assert.match(text, /^ {6}<!-- virtlint-disable-next disk\/emulated-bus: -->\n {6}<target dev='sda'/m);
    assert.deepEqual(about(told(text), RULE), ['virtlint/missing-reason', RULE]);
    assert.deepEqual(about(told(text.replace(`${RULE}: `, `${RULE}: because `)), RULE), [RULE]);
  });

  test('metadata for the device, beside what is there', () => {
    const first = applyEdits(two, actions(two)[1]?.edits ?? []);
    assert.match(
      first,
      /<name>a<\/name>\n {2}<metadata>\n {4}<virtlint:lint xmlns:virtlint='[^']+'>\n {6}<virtlint:suppress rule='disk\/emulated-bus' device='sda'>/,
    );
    const [second] = [applyEdits(first, actions(first.replace('sda', 'sdc'), 'disk/emulated-bus')[1]?.edits ?? [])];
    assert.equal(second.match(/<virtlint:suppress /g)?.length, 2);
    assert.equal(second.match(/<virtlint:lint /g)?.length, 1);
    const other = two.replace('<memory', "<metadata>\n    <o:x xmlns:o='urn:o'/>\n  </metadata>\n  <memory");
    const beside = applyEdits(other, actions(other)[1]?.edits ?? []);
    assert.match(beside, /<o:x xmlns:o='urn:o'\/>\n {4}<virtlint:lint /);
    assert.equal(parseXml(beside).problems.length, 0);
  });

  test('devices of any name', () => {
    const odd = two.replace("dev='sda'", `dev="s'&quot;&amp;&lt;a"`);
    const document = parseXml(odd);
    assert.deepEqual(document.problems, []);
    const text = applyEdits(odd, actions(odd)[1]?.edits ?? []);
    assert.deepEqual(parseXml(text).problems, []);
  });

  test('the head of the file for what is about all of it; nothing for what cannot be silenced', () => {
    const plain = two.replace("  <cpu mode='host-model'/>\n", '');
    const [comment] = actions(plain, 'cpu/missing-cpu-element');
    assert.match(
      applyEdits(plain, comment?.edits ?? []),
      /^<!-- virtlint-disable cpu\/missing-cpu-element: -->\n<domain/,
    );
    assert.deepEqual(actions(two.replace("dev='sda'", 'dev=sda'), 'xml/unquoted-value'), []);
  });
});

describe('mending', () => {
  const wants = { rules: undefined, severities: new Set(['error', 'warning', 'information', 'hint'] as const) };
  const mended = (text: string) => mend(text, told, wants).text;
  const unsafe = (bus: string, dev: string) => disk(bus, dev).replace("'none'", "'unsafe'");

  test('keeps a comment above the element that it is about', () => {
    const comment = '<!-- virtlint-disable-next disk/cache-unsafe: scratch data only -->';
    const after = mended(domain(`    ${comment}\n${unsafe('scsi', 'sda')}`));
    assert.match(after, /<controller type='scsi' [^<]*\n *<!-- virtlint-disable-next [^<]*\n *<disk/);
    assert.match(after, /cache='unsafe'/);
    assert.equal(mended(after), after);
  });

  test('keeps what metadata say of a disk that gets another name', () => {
    const metadata = (device: string) => `
  <metadata>
    <v:lint xmlns:v='${NAMESPACE}'>
      <v:suppress rule='disk/cache-unsafe' device='${device}'>scratch data only</v:suppress>
    </v:lint>
  </metadata>`;
    const after = mended(domain(unsafe('sata', 'sda'), metadata('sda')));
    assert.ok(after.includes(metadata('vda')), after);
    assert.match(after, /cache='unsafe'[\s\S]*dev='vda' bus='virtio'/);
    const alias = `${unsafe('sata', 'sda').replace('</disk>', "<alias name='sdb'/></disk>")}\n${disk('sata', 'sdb')}`;
    assert.ok(mended(domain(alias, metadata('sdb'))).includes(metadata('sdb')), 'an alias stays');
  });
});

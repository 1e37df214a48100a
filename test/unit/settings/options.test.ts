/** Figures that a project sets reach the rules. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkDocument } from '../../../server/src/check.ts';
import { chooseOptions, ruleOptions } from '../../../server/src/domain/options.ts';
import { configurationOf } from '../../../server/src/settings/configuration.ts';
import { knownRules } from '../../../server/src/settings/knownRules.ts';
import { readProjectFile } from '../../../server/src/settings/projectFile.ts';
import { noSettings } from '../../../server/src/settings/settings.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';

/** A small guest with three vCPUs, a network card and seven IOThreads. */
const XML = `<domain type='kvm'>
  <name>a</name>
  <memory unit='MiB'>48</memory>
  <vcpu>3</vcpu>
  <iothreads>7</iothreads>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices>
    <interface type='network'><source network='default'/><model type='virtio'/></interface>
  </devices>
</domain>
`;

/** The rules with options that speak of it. */
function told(options: object, overrides: object[] = []): string[] {
  const { settings } = readProjectFile(JSON.stringify({ options, overrides }));
  const document = parseXml(XML);
  chooseOptions(document, configurationOf({ settings, path: 'vm.xml' }, noSettings).options);
  const rules = new Set(checkDocument(document).map(({ rule }) => rule));
  return ruleOptions.map(({ rule }) => rule).filter((rule) => rules.has(rule));
}

test('as usual', () => {
  assert.deepEqual(told({}), ['memory/suspicious-small', 'iothreads/too-many']);
});

test('as a project has it', () => {
  assert.deepEqual(
    told({
      'memory/suspicious-small': { below: 32 },
      'network/multiqueue-missing': { vcpus: 2 },
      'iothreads/too-many': { perVcpu: 3 },
    }),
    ['network/multiqueue-missing'],
  );
});

test('as an override has it', () => {
  const override = { files: '*.xml', options: { 'memory/suspicious-small': { below: 16 } } };
  assert.deepEqual(told({ 'memory/suspicious-small': { below: 128 } }, [override]), ['iothreads/too-many']);
});

test('options belong to rules that there are', () => {
  for (const { rule } of ruleOptions) assert.ok(knownRules().has(rule), rule);
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Severity } from '../../../server/src/finding.ts';
import { configurationOf } from '../../../server/src/settings/configuration.ts';
import { knownRules } from '../../../server/src/settings/knownRules.ts';
import { profiles } from '../../../server/src/settings/profiles/index.ts';
import { readProjectFile } from '../../../server/src/settings/projectFile.ts';
import { noSettings, ruleSettings } from '../../../server/src/settings/settings.ts';

const configuration = (project: object, path = 'vm.xml', own: object = {}) =>
  configurationOf({ settings: readProjectFile(JSON.stringify(project)).settings, path }, ruleSettings(own));

const severity = (project: object, rule: string, usual: Severity, path?: string, own?: object) =>
  configuration(project, path, own).severityOf({ rule, severity: usual });

describe('severity', () => {
  test('is of the rule where nobody says anything', () => {
    assert.equal(configurationOf(undefined, noSettings).severityOf({ rule: 'disk/x', severity: 'hint' }), 'hint');
  });

  test('is moved by rule, else by area', () => {
    const project = { severity: { disk: 'off', 'disk/cache-unsafe': 'error' } };
    assert.equal(severity(project, 'disk/cache-default', 'hint'), 'off');
    assert.equal(severity(project, 'disk/cache-unsafe', 'warning'), 'error');
    assert.equal(severity(project, 'cpu/check-none', 'warning'), 'warning');
  });

  test('of a refusal is moved by its own name only', () => {
    assert.equal(severity({ severity: { disk: 'off' } }, 'disk/io-native-cache', 'error'), 'error');
    assert.equal(severity({ severity: { 'disk/io-native-cache': 'hint' } }, 'disk/io-native-cache', 'error'), 'hint');
  });

  test('of what is no XML is not moved at all', () => {
    assert.equal(
      severity({}, 'xml/unclosed-element', 'error', 'a', { severity: { 'xml/unclosed-element': 'off' } }),
      'error',
    );
  });

  test('profile, project, overrides in their order, editor: later ones win', () => {
    const rule = 'disk/cache-default';
    const project = (more: object) => ({ profile: 'throughput', ...more });
    assert.equal(severity(project({}), rule, 'hint'), 'warning');
    assert.equal(severity(project({ severity: { disk: 'information' } }), rule, 'hint'), 'information');
    const overrides = [
      { files: 'lab/*', severity: { [rule]: 'off' } },
      { files: '*.xml', severity: { [rule]: 'error' } },
      { files: 'other/**', severity: { [rule]: 'hint' } },
    ];
    assert.equal(severity(project({ overrides }), rule, 'hint', 'lab/vm.xml'), 'error');
    assert.equal(severity(project({ overrides: overrides.slice(0, 1) }), rule, 'hint', 'lab/vm.xml'), 'off');
    assert.equal(severity(project({ overrides }), rule, 'hint', 'lab/vm.xml', { severity: { disk: 'hint' } }), 'hint');
    assert.equal(severity(project({}), rule, 'hint', 'vm.xml', { profile: 'windows' }), 'hint');
    assert.equal(severity(project({}), rule, 'hint', 'vm.xml', { profile: [] }), 'hint');
  });
});

describe('globs', () => {
  const suppressed = (files: string | string[], path: string) =>
    configuration({ overrides: [{ files, suppress: { 'disk/emulated-bus': 'x' } }] }, path).suppressed.size === 1;
  test('with a slash are about the path, without one about the name', () => {
    assert.ok(suppressed('*.xml', 'a/b/vm.xml'));
    assert.ok(suppressed('lab/**', 'lab/deep/vm.xml'));
    assert.ok(suppressed('./lab/*.xml', 'lab/vm.xml'));
    assert.ok(suppressed(['x', '**/old-*'], 'a/old-vm.xml'));
    assert.ok(suppressed('**', '.hidden/vm.xml'));
    assert.ok(!suppressed('lab/*', 'a/lab/vm.xml'));
    assert.ok(!suppressed('lab/*.xml', 'lab/deep/vm.xml'));
    assert.ok(!suppressed('[', 'vm.xml'));
  });
});

describe('target', () => {
  test('editor before override before project', () => {
    const project = { targetVersion: '9.0', overrides: [{ files: 'new/*', targetVersion: '11.3' }] };
    assert.equal(configuration(project).target, '9.0');
    assert.equal(configuration(project, 'new/vm.xml').target, '11.3');
    assert.equal(configuration(project, 'new/vm.xml', { targetVersion: '7.0' }).target, '7.0');
  });
});

for (const [name, { moves, title }] of Object.entries(profiles))
  test(`profile ${name} moves rules that there are, and says why`, () => {
    assert.match(String(title), /^[A-Z].*\.$/);
    assert.ok(Object.keys(moves).length >= 5);
    for (const [rule, [, why]] of Object.entries(moves)) {
      assert.ok(knownRules().has(rule), `no rule ${rule}`);
      assert.match(String(why), /^[A-Z].*\.$/);
    }
  });

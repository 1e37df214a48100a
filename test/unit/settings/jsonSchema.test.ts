/** The JSON schema of the project file: the one in schemas/ is what the code would make, and agrees with the reader. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { allRules } from '../../../server/src/rules/index.ts';
import { profiles } from '../../../server/src/settings/profiles/index.ts';
import { readProjectFile } from '../../../server/src/settings/projectFile.ts';
import { ROOT } from '../../support/root.ts';

const written = readFileSync(path.join(ROOT, 'schemas/virtlint.schema.json'), 'utf8');
// `enumDescriptions` is VS Code's own.
const validate = new Ajv({ strict: false }).compile(JSON.parse(written));

test('the schemas are up to date (npm run schemas:project makes them anew)', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'virtlint-schema-'));
  const script = path.join(ROOT, 'scripts/compile-project-schema.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  for (const name of ['virtlint.schema.json', 'libvirt-host.schema.json']) {
    const [made, kept] = [folder, path.join(ROOT, 'schemas')].map((place) =>
      readFileSync(path.join(place, name), 'utf8'),
    );
    assert.ok(made === kept, `${name}: run npm run schemas:project, and commit what it changes`);
  }
  rmSync(folder, { recursive: true });
});

test('knows every rule, area and profile', () => {
  for (const { id } of allRules) {
    const [area = ''] = id.split('/');
    assert.ok(validate({ severity: { [id]: 'off', [area]: 'hint' } }), id);
    assert.ok(validate({ overrides: [{ files: ['*'], suppress: { [id]: 'because' } }] }), id);
  }
  assert.ok(validate({ profile: Object.keys(profiles) }));
});

const samples: readonly unknown[] = [
  {},
  { profile: 'dense' },
  { profile: ['dense', 'x'] },
  { targetVersion: '9.0' },
  { targetVersion: 'new' },
  { targetVersion: 9 },
  { severity: { disk: 'off' } },
  { severity: { disks: 'off' } },
  { severity: { disk: 'none' } },
  { severity: { 'xml/unclosed-element': 'off' } },
  { severity: [] },
  { options: { 'memory/suspicious-small': { below: 3 } } },
  { options: { 'memory/suspicious-small': { below: -3 } } },
  { options: { 'memory/suspicious-small': { above: 3 } } },
  { options: { 'disk/cache-default': {} } },
  { overrides: [{ files: '*.xml' }] },
  { overrides: [{ files: [] }] },
  { overrides: [{}] },
  { overrides: {} },
  { overrides: [{ files: '*', suppress: { 'disk/emulated-bus': ' ' } }] },
  { overrides: [{ files: '*', suppress: { disk: 'all' } }] },
  { overrides: [{ files: '*', profile: 'latency', severity: { 'grammar/unknown-element': 'hint' } }] },
  { $schema: 'x', rules: {} },
  [],
];
for (const sample of samples)
  test(`schema and reader are of one mind about ${JSON.stringify(sample)}`, () => {
    assert.equal(validate(sample), readProjectFile(JSON.stringify(sample)).findings.length === 0);
  });

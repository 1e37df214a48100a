/** What the manifest offers is what the code knows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import manifest from '../../../package.json' with { type: 'json' };
import { profiles } from '../../../server/src/settings/profiles/index.ts';
import { PROJECT_FILE } from '../../../server/src/settings/projectFile.ts';
import { severityChoices } from '../../../server/src/settings/severity.ts';

const { configuration, jsonValidation } = manifest.contributes;

test('libvirt.profile offers every profile with its title', () => {
  const { enum: names, enumDescriptions: titles } = configuration.properties['libvirt.profile'];
  assert.deepEqual(names, ['', ...Object.keys(profiles)]);
  assert.deepEqual(
    titles.slice(1),
    Object.values(profiles).map(({ title }) => title),
  );
});

test('libvirt.severity offers every severity', () => {
  const { additionalProperties } = configuration.properties['libvirt.severity'];
  assert.deepEqual(additionalProperties.enum, Object.keys(severityChoices));
});

test('the project file has its schema', () => {
  assert.deepEqual(jsonValidation, [{ fileMatch: PROJECT_FILE, url: './schemas/virtlint.schema.json' }]);
});

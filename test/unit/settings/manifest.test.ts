/** What the manifest offers is what the code knows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import manifest from '../../../package.json' with { type: 'json' };
import english from '../../../package.nls.json' with { type: 'json' };
import { ruleOptions } from '../../../server/src/domain/options.ts';
import { FACTS_ENDING } from '../../../server/src/host/factsFile.ts';
import { profiles } from '../../../server/src/settings/profiles/index.ts';
import { PROJECT_FILE } from '../../../server/src/settings/projectFile.ts';
import { severityChoices } from '../../../server/src/settings/severity.ts';

const { configuration, jsonValidation } = manifest.contributes;

test('libvirt.profile offers every profile with its title', () => {
  const { enum: names, enumDescriptions: keys } = configuration.properties['libvirt.profile'];
  const texts = new Map(Object.entries(english).map(([key, text]) => [`%${key}%`, text]));
  assert.deepEqual(names, ['', ...Object.keys(profiles)]);
  assert.deepEqual(
    keys.slice(1).map((key) => texts.get(key)),
    Object.values(profiles).map(({ title }) => String(title)),
  );
});

test('libvirt.severity offers every severity', () => {
  const { additionalProperties } = configuration.properties['libvirt.severity'];
  assert.deepEqual(additionalProperties.enum, Object.keys(severityChoices));
});

test('libvirt.options offers every figure that a rule judges by', () => {
  const offered = Object.entries(configuration.properties['libvirt.options'].properties).flatMap(
    ([rule, { properties }]) => Object.entries(properties).map(([name, shape]) => ({ rule, name, ...shape })),
  );
  const texts = new Map(Object.entries(english).map(([key, text]) => [`%${key}%`, text]));
  assert.deepEqual(
    offered.map(({ rule, name, default: usual, description }) => ({
      rule,
      name,
      usual,
      about: texts.get(description),
    })),
    ruleOptions.map(({ rule, name, usual, about }) => ({ rule, name, usual, about: String(about) })),
  );
});

test('the project file and snapshots of hosts have their schemas', () => {
  assert.deepEqual(jsonValidation, [
    { fileMatch: PROJECT_FILE, url: './schemas/virtlint.schema.json' },
    { fileMatch: `*${FACTS_ENDING}`, url: './schemas/libvirt-host.schema.json' },
  ]);
});

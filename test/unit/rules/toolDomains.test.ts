/**
 * Domains as common tools write them, and one written by hand: what is said of them above the level of a hint.
 * Each line here is something that somebody who knows KVM would say aloud; anything else would be noise.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { checkText } from '../../../server/src/check.ts';
import { ROOT } from '../../support/root.ts';

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'virt-manager': ['information cpu/host-passthrough-migration', 'information graphics-security/spice-deprecated'],
  'openstack-nova': ['warning graphics-security/listen-all-no-password'],
  vagrant: ['information cpu/host-passthrough-migration'],
  'windows-by-hand': ['information cpu/host-passthrough-migration'],
};

/** Hints are dots under a word; more than a dozen of them would hide one another. */
const MOST_HINTS = 12;

describe('domains of common tools', () => {
  for (const [name, expected] of Object.entries(EXPECTED))
    test(name, () => {
      const text = readFileSync(path.join(ROOT, 'test/unit/rules/toolDomains', `${name}.xml`), 'utf8');
      const findings = checkText(text);
      const hints = findings.filter(({ severity }) => severity === 'hint');
      assert.deepEqual(
        findings.filter((one) => !hints.includes(one)).map(({ severity, rule }) => `${severity} ${rule}`),
        expected,
      );
      assert.ok(hints.length <= MOST_HINTS, hints.map(({ rule }) => rule).join(', '));
    });
});

/** The fixes of all rules, made together as `virtlint fix` makes them, in domains that libvirt accepts. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mend } from '../../server/src/features/mend.ts';
import type { Severity } from '../../server/src/finding.ts';
import { findingsOf } from '../../server/src/node/cli/documents.ts';
import { configurationOf } from '../../server/src/settings/configuration.ts';
import { noSettings } from '../../server/src/settings/settings.ts';
import { validDomains, withoutCorpus } from '../support/corpus.ts';

const configuration = configurationOf(undefined, noSettings);
const check = (text: string) => findingsOf(text, configuration, []);
const errors = (text: string) => check(text).filter(({ severity }) => severity === 'error');

describe('fixes made until nothing is left', { skip: withoutCorpus }, () => {
  const choices: readonly (readonly Severity[])[] = [
    ['error', 'warning'],
    ['error', 'warning', 'information', 'hint'],
  ];
  for (const severities of choices)
    test(`of ${severities.join(', ')}: bring no error, and come to an end`, () => {
      const wants = { rules: undefined, severities: new Set(severities) };
      for (const { name, document } of validDomains()) {
        const { text: mended } = mend(document.text, check, wants);
        assert.deepEqual(errors(mended), [], name);
        assert.equal(mend(mended, check, wants).text, mended, `${name}: fixes undo each other`);
      }
    });
});

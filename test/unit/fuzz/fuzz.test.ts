import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fuzz } from '../../support/fuzz.ts';
import { Random } from '../../support/random.ts';
import { sampleDomains } from '../xml/sampleDomains.ts';

const EDITS = 2000;

it(`everything holds after each of ${EDITS} random edits`, () => {
  const { findings, fixes, completions } = fuzz(sampleDomains, EDITS, new Random(7));
  assert.ok(findings > EDITS && fixes > EDITS / 10 && completions > EDITS, `${findings}, ${fixes}, ${completions}`);
});

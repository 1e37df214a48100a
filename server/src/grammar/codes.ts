/** Every code with which the grammar speaks: what follows `grammar/` in a finding's rule. */
import type { GrammarErrorCode } from './error.ts';

/** A record, so that a code which is missing here is an error of types. */
const codes: Readonly<Record<GrammarErrorCode | 'newer-than-target', true>> = {
  'unknown-attribute': true,
  'misspelt-attribute': true,
  'conflicting-attribute': true,
  'wrong-value': true,
  'missing-attribute': true,
  'unknown-element': true,
  'misspelt-element': true,
  'misplaced-element': true,
  'conflicting-element': true,
  'repeated-element': true,
  'misordered-element': true,
  'missing-element': true,
  'unexpected-text': true,
  'wrong-text': true,
  'newer-than-target': true,
};

export const grammarCodes: readonly string[] = Object.keys(codes);

/** Repairs of an element's text. */
import { escapeText, setText } from '../../xml/edits.ts';
import { textOf } from '../../xml/query.ts';
import type { Examination } from '../examination.ts';
import { lastResort } from './attributes.ts';
import { type Candidate, type ErrorOf, mostAlternatives } from './candidate.ts';
import { meantValues, otherValues } from './legalValues.ts';

export function* wrongText(error: ErrorOf<'wrong-text'>, { document }: Examination): Generator<Candidate> {
  const { owner, expected, start, end } = error;
  const written = textOf(owner);
  const meant = meantValues(expected, written);
  const words = [...new Set([...meant, ...otherValues(expected, written)])].slice(0, 2 * mostAlternatives);
  for (const word of words) {
    const edits = written ? [{ start, end, newText: escapeText(word) }] : setText(owner, word);
    yield { title: written ? `Change to ${word}` : `Write ${word}`, edits };
  }
  if (owner.parent) yield lastResort(owner, document);
}

export function* unexpectedText(
  { start, end, owner }: ErrorOf<'unexpected-text'>,
  { document }: Examination,
): Generator<Candidate> {
  yield { title: 'Remove the text', edits: [{ start, end, newText: '' }] };
  if (owner.parent) yield lastResort(owner, document);
}

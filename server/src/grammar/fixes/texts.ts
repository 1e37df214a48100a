/** Repairs of an element's text. */
import { escapeText, setText } from '../../xml/edits.ts';
import { textOf } from '../../xml/query.ts';
import type { Examination } from '../examination.ts';
import { removal } from './attributes.ts';
import { type Candidate, type ErrorOf, mostAlternatives } from './candidate.ts';
import { legalValues, meantValues } from './legalValues.ts';

export function* wrongText(error: ErrorOf<'wrong-text'>, { document }: Examination): Generator<Candidate> {
  const { owner, expected, start, end } = error;
  const written = textOf(owner);
  const meant = meantValues(expected, written);
  const words = [...new Set([...meant, ...legalValues(expected, written)])].slice(0, 2 * mostAlternatives);
  for (const word of words) {
    const edits = written ? [{ start, end, newText: escapeText(word) }] : setText(owner, word);
    yield { title: written ? `Change ${written.slice(0, 30)} to ${word}` : `Write ${word}`, edits };
  }
  if (owner.parent) yield removal(owner, document);
}

export function* unexpectedText(
  { start, end, owner }: ErrorOf<'unexpected-text'>,
  { document }: Examination,
): Generator<Candidate> {
  yield { title: 'Remove the text', edits: [{ start, end, newText: '' }] };
  if (owner.parent) yield removal(owner, document);
}

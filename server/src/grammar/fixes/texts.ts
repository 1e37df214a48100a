/** Repairs of an element's text. */
import { say } from '../../l10n/say.ts';
import { escapeText, setAttribute, setText } from '../../xml/edits.ts';
import { textOf } from '../../xml/query.ts';
import type { Examination } from '../examination.ts';
import { attributesOf } from '../following.ts';
import { lastResort } from './attributes.ts';
import { type Candidate, type ErrorOf, mostAlternatives } from './candidate.ts';
import { meantValues, otherValues } from './legalValues.ts';

export function* wrongText(error: ErrorOf<'wrong-text'>, examination: Examination): Generator<Candidate> {
  const { document } = examination;
  const { owner, expected, start, end } = error;
  const written = textOf(owner);
  const meant = meantValues(expected, written);
  yield* numberWithUnit(error, examination, written);
  const words = [...new Set([...meant, ...otherValues(expected, written)])].slice(0, 2 * mostAlternatives);
  for (const word of words) {
    const edits = written ? [{ start, end, newText: escapeText(word) }] : setText(owner, word);
    yield { title: written ? say`Change to ${word}` : say`Write ${word}`, edits, invented: !meant.includes(word) };
  }
  if (owner.parent) yield lastResort(owner, document);
}

export function* unexpectedText(
  { start, end, owner }: ErrorOf<'unexpected-text'>,
  { document }: Examination,
): Generator<Candidate> {
  yield { title: say`Remove the text`, edits: [{ start, end, newText: '' }] };
  if (owner.parent) yield lastResort(owner, document);
}

/** `4 GiB` as text, where the unit has an attribute of its own. */
function* numberWithUnit(
  { owner, declaration, start, end }: ErrorOf<'wrong-text'>,
  { document }: Examination,
  written: string,
): Generator<Candidate> {
  const [, number, letter, letters = ''] = /^(\d+)\s*([kmgtpe])(i?b?)$/i.exec(written) ?? [];
  if (!number || !letter || !attributesOf(declaration.content).byName.has('unit')) return;
  // To libvirt `G` and `GiB` are powers of 1024, `GB` is one of 1000.
  const unit = `${letter.toUpperCase()}${/^b$/i.test(letters) ? 'B' : 'iB'}`;
  yield {
    title: say`Change to unit='${unit}' and ${number}`,
    edits: [...setAttribute(owner, 'unit', unit, document), { start, end, newText: number }],
  };
}

/** The repairs of an error, those first that are seen to work. */
import { applyEdits, type Fix } from '../../finding.ts';
import { parseXml } from '../../xml/parse.ts';
import type { GrammarError } from '../error.ts';
import { Examination } from '../examination.ts';
import {
  conflictingAttribute,
  missingAttribute,
  misspeltAttribute,
  set,
  unknownAttribute,
  wrongValue,
} from './attributes.ts';
import type { Candidate } from './candidate.ts';
import {
  conflictingElement,
  misorderedElement,
  missingElement,
  misspeltElement,
  repeatedElement,
  unknownElement,
} from './elements.ts';
import { unexpectedText, wrongText } from './texts.ts';

const mostTried = 16;
const mostOffered = 6;

/**
 * Every candidate is tried on the whole document: it is offered if the error goes and no other comes. Those that mend
 * most come first, and otherwise the likelier ones; the first is the preferred one, unless it takes
 * away what is right or writes what nobody said.
 */
export function grammarFixes(error: GrammarError, examination: Examination): Fix[] {
  const { document, errors, grammar } = examination;
  const tried = new Set<string>();
  const working: { fix: Candidate; left: number }[] = [];
  for (const fix of candidates(error, examination)) {
    if (tried.size >= mostTried) break;
    const text = applyEdits(document.text, fix.edits);
    if (tried.has(text)) continue;
    tried.add(text);
    const after = parseXml(text);
    if (after.problems.length > document.problems.length) continue;
    const left = new Examination(after, grammar).errors.length;
    if (left < errors.length) working.push({ fix, left });
  }
  return working
    .sort((a, b) => Number(a.fix.drastic ?? false) - Number(b.fix.drastic ?? false) || a.left - b.left)
    .slice(0, mostOffered)
    .map(({ fix: { title, edits, drastic, invented, toFill } }, index) => ({
      title,
      edits,
      ...(index === 0 && !drastic && !invented && { preferred: true }),
      ...(toFill && { toFill }),
    }));
}

function* candidates(error: GrammarError, examination: Examination): Generator<Candidate> {
  // A value that is wrong by itself is likelier than another reading of everything around it.
  const readsOtherwise = error.code !== 'wrong-value' && error.code !== 'wrong-text';
  if (readsOtherwise) yield* otherReading(error, examination);
  yield* ofError(error, examination);
  if (!readsOtherwise) yield* otherReading(error, examination);
}

function* otherReading({ otherwise }: GrammarError, { document }: Examination): Generator<Candidate> {
  if (otherwise)
    for (const value of otherwise.values.slice(0, 3)) yield set(otherwise.owner, otherwise.attribute, value, document);
}

function ofError(error: GrammarError, examination: Examination): Generator<Candidate> {
  switch (error.code) {
    case 'unknown-attribute':
      return unknownAttribute(error, examination);
    case 'misspelt-attribute':
      return misspeltAttribute(error, examination);
    case 'conflicting-attribute':
      return conflictingAttribute(error, examination);
    case 'wrong-value':
      return wrongValue(error, examination);
    case 'missing-attribute':
      return missingAttribute(error, examination);
    case 'unknown-element':
    case 'misplaced-element':
      return unknownElement(error, examination);
    case 'misspelt-element':
      return misspeltElement(error, examination);
    case 'conflicting-element':
      return conflictingElement(error, examination);
    case 'repeated-element':
      return repeatedElement(error, examination);
    case 'misordered-element':
      return misorderedElement(error, examination);
    case 'missing-element':
      return missingElement(error, examination);
    case 'unexpected-text':
      return unexpectedText(error, examination);
    case 'wrong-text':
      return wrongText(error, examination);
  }
}

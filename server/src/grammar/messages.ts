/** What to say of an error: what is wrong, what fits, and why. */
import type { RelatedPlace } from '../finding.ts';
import { say } from '../l10n/say.ts';
import type { XmlAttribute, XmlElement } from '../xml/tree.ts';
import type { GrammarError } from './error.ts';
import type { Examination } from './examination.ts';
import { type Decision, decisionSpan } from './explain.ts';
import { meantValues } from './fixes/legalValues.ts';
import { list, quoted, someOf, tag, valuesInWords } from './words.ts';

/** Elements that fit a place, of which more are not listed. */
const mostListed = 6;

export interface GrammarSaying {
  readonly message: string;
  readonly related: readonly RelatedPlace[];
}

export function sayError(error: GrammarError, examination: Examination): GrammarSaying {
  const { message, related = [] } = sentenceOf(error, examination);
  const { otherwise } = error;
  const isSaid = error.code === 'unknown-attribute' || error.code === 'conflicting-element';
  if (!otherwise || isSaid) return { message, related };
  const { owner, attribute, values } = otherwise;
  return {
    message: say`${message} It would be right with ${alternatives(attribute, values)} in ${tag(owner.name)}.`,
    related: [...related, ...decider(owner, attribute)],
  };
}

interface Sentence {
  readonly message: string;
  readonly related?: readonly RelatedPlace[];
}

function sentenceOf(error: GrammarError, examination: Examination): Sentence {
  const owner = tag(error.owner.name);
  switch (error.code) {
    case 'misspelt-attribute':
      return {
        message: say`${quoted(error.attribute.name)} is not an attribute of ${owner}; did you mean ${list(error.expected.slice(0, 3).map(quoted), 'or')}?`,
      };
    case 'unknown-attribute':
      return unknownAttribute(error);
    case 'conflicting-attribute':
      return conflictingAttribute(error, examination.excluding(error));
    case 'wrong-value':
      return error.fitsContent ? wrongChoice(error) : wrongValue(error, examination.excluding(error));
    case 'missing-attribute': {
      const values = valuesInWords(error.expected, '');
      return { message: say`${owner} needs the attribute ${quoted(error.name)}${values && `: ${values}`}.` };
    }
    case 'misspelt-element':
      return {
        message: say`${tag(error.child.name)} is not an element of ${owner}; did you mean ${list(error.expected.slice(0, 3).map(tag), 'or')}?`,
      };
    case 'unknown-element':
      return { message: unknownElement(error, examination.homes(error.child)) };
    case 'misplaced-element':
      return { message: misplacedElement(error) };
    case 'conflicting-element':
      return conflictingElement(error, examination.keepingOut(error));
    case 'repeated-element':
      return {
        message: say`${tag(error.child.name)} may stand in ${owner} only once.`,
        related: [at(error.first, say`The first ${tag(error.child.name)}`)],
      };
    case 'misordered-element':
      return {
        message: say`${tag(error.child.name)} must stand before ${tag(error.brother.name)} in ${owner}.`,
        related: [at(error.brother, say`${tag(error.brother.name)} comes first here`)],
      };
    case 'missing-element': {
      // What would complete it may be only what cannot stand here any more.
      if (error.expected.length === 0) return { message: say`${owner} is not complete.` };
      const what = error.expected.length === 1 ? '' : say`one of `;
      return { message: say`${owner} needs ${what}${someOf(error.expected, '', tag, 'or')}.` };
    }
    case 'unexpected-text':
      return { message: say`${owner} holds no text of its own.` };
    case 'wrong-text':
      return { message: wrongText(error) };
  }
}

type ErrorOf<Code extends GrammarError['code']> = Extract<GrammarError, { code: Code }>;

function unknownAttribute({ attribute, owner, expected, otherwise }: ErrorOf<'unknown-attribute'>): Sentence {
  const name = quoted(attribute.name);
  if (otherwise) {
    const place = say`${tag(owner.name)} of ${startTagInWords(otherwise.owner, otherwise.attribute)}`;
    const fits = expected.length
      ? say`takes ${someOf(expected, attribute.name, quoted, 'or')}, not ${name}`
      : say`takes no ${name}`;
    return {
      message: say`${place} ${fits}; ${name} is right with ${alternatives(otherwise.attribute, otherwise.values)}.`,
      related: decider(otherwise.owner, otherwise.attribute),
    };
  }
  const left = expected.length
    ? say`It takes ${someOf(expected, attribute.name, quoted, 'and')}.`
    : say`It takes no other attributes.`;
  return { message: say`${name} is not an attribute of ${tag(owner.name)}. ${left}` };
}

function conflictingAttribute(
  { attribute, owner }: ErrorOf<'conflicting-attribute'>,
  decisions: readonly Decision[],
): Sentence {
  const [decision] = decisions;
  if (!decision)
    return { message: say`${quoted(attribute.name)} does not go with what else stands in this ${tag(owner.name)}.` };
  const { attribute: other, values } = decision;
  const remedy = values.length ? say`; it goes with ${alternatives(other.name, values)}` : '';
  return {
    message: say`${quoted(attribute.name)} of ${tag(owner.name)} does not go with ${written(other)}${remedy}.`,
    related: [because(decision)],
  };
}

function wrongChoice({ attribute, owner, expected }: ErrorOf<'wrong-value'>): Sentence {
  return {
    message: say`What stands in this ${tag(owner.name)} does not fit ${written(attribute)}; it fits ${alternatives(attribute.name, expected.words)}.`,
  };
}

function wrongValue({ attribute, expected }: ErrorOf<'wrong-value'>, decisions: readonly Decision[]): Sentence {
  const name = quoted(attribute.name);
  const of = say`of ${tag(attribute.parent.name)}`;
  const values = valuesInWords(expected, attribute.value);
  if (attribute.value.trim() === '')
    return { message: say`${name} ${of} has no value${values && say`; it takes ${values}`}.` };
  // The value is one of the attribute's, but not with what else is given.
  const [decision] = decisions;
  if (decision) {
    const { attribute: other, values: remedies } = decision;
    const remedy = remedies.length
      ? say`; ${quoted(attribute.value)} goes with ${alternatives(other.name, remedies)}`
      : '';
    return {
      message: say`${name} ${of} with ${written(other)} takes ${values || say`other values`}, not ${quoted(attribute.value)}${remedy}.`,
      related: [because(decision)],
    };
  }
  const [meant] = meantValues({ ...expected, data: [] }, attribute.value);
  if (meant !== undefined)
    return { message: say`${quoted(attribute.value)} is not a value of ${name}; did you mean ${quoted(meant)}?` };
  return {
    message: say`${name} ${of} takes ${values || say`other values`}, not ${quoted(shortened(attribute.value))}.`,
  };
}

function wrongText({ owner, expected }: ErrorOf<'wrong-text'>): string {
  const written = owner.children
    .map((child) => (child.kind === 'text' ? child.value : ''))
    .join('')
    .trim();
  const [meant] = meantValues({ ...expected, data: [] }, written);
  const values = valuesInWords(expected, written) || say`other text`;
  if (!written) return say`${tag(owner.name)} is empty; it takes ${values}.`;
  if (meant !== undefined)
    return say`${quoted(written)} is not a value of ${tag(owner.name)}; did you mean ${quoted(meant)}?`;
  return say`${tag(owner.name)} takes ${values}, not ${quoted(shortened(written))}.`;
}

function unknownElement({ child, owner, expected }: ErrorOf<'unknown-element'>, homes: readonly string[]): string {
  const name = tag(child.name);
  const others = homes.filter((home) => home !== owner.name);
  if (homes.length && !others.length)
    return say`${name} cannot stand in this ${tag(owner.name)}, only in one of another kind.`;
  if (homes.length)
    return say`${name} cannot stand in ${tag(owner.name)}; it belongs in ${someOf(others, owner.name, tag, 'or')}.`;
  if (expected.length > mostListed) return say`There is no element ${name} in libvirt's grammar.`;
  const fits = expected.length
    ? say` ${list(expected.map(tag), 'or')} can stand here.`
    : say` ${tag(owner.name)} takes no further elements.`;
  return say`${name} is not an element of ${tag(owner.name)}.${fits}`;
}

function misplacedElement({ child, owner, homes }: ErrorOf<'misplaced-element'>): string {
  const name = tag(child.name);
  return say`This ${name} cannot stand in ${tag(owner.name)}; it belongs in ${someOf(homes, owner.name, tag, 'or')}.`;
}

function conflictingElement(
  { child, owner, brother }: ErrorOf<'conflicting-element'>,
  decisions: readonly Decision[],
): Sentence {
  const name = tag(child.name);
  if (brother)
    return {
      message: say`${name} does not go with ${tag(brother.name)} in the same ${tag(owner.name)}.`,
      related: [at(brother, say`${tag(brother.name)} is in the way`)],
    };
  const [decision] = decisions;
  if (!decision) return { message: say`${name} cannot stand in ${tag(owner.name)} beside what else is there.` };
  const { attribute, values } = decision;
  const remedy = values.length ? say`; it goes with ${alternatives(attribute.name, values)}` : '';
  return {
    message: say`${name} does not go with ${written(attribute)} of ${tag(owner.name)}${remedy}.`,
    related: [because(decision)],
  };
}

/** `type='a'` or `'b'`. */
function alternatives(attribute: string, values: readonly string[]): string {
  const [first, ...others] = values;
  if (first === undefined) return say`another ${quoted(attribute)}`;
  const shown = [quoted(`${attribute}='${first}'`), ...others.slice(0, 2).map((value) => quoted(`'${value}'`))];
  return others.length > 2 ? say`${shown.join(say`, `)} or ${others.length - 2} others` : list(shown, 'or');
}

function written({ name, value }: XmlAttribute): string {
  return quoted(`${name}='${shortened(value)}'`);
}

function startTagInWords(element: XmlElement, attribute: string): string {
  const given = element.attributes.find((one) => one.name === attribute);
  return given
    ? quoted(`<${element.name} ${attribute}='${given.value}'>`)
    : say`${tag(element.name)} without ${quoted(attribute)}`;
}

function decider(owner: XmlElement, attribute: string): RelatedPlace[] {
  const given = owner.attributes.find((one) => one.name === attribute);
  return given ? [because({ attribute: given, values: [] })] : [];
}

function because(decision: Decision): RelatedPlace {
  return { ...decisionSpan(decision), message: say`${written(decision.attribute)} decides what fits` };
}

function at({ nameStart, nameEnd }: XmlElement, message: string): RelatedPlace {
  return { start: nameStart, end: nameEnd, message };
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

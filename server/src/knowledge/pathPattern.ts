/**
 * The headings of the documentation: patterns of paths.
 *
 *     domain/devices/disk[@type='file']/source       a step may ask for values of attributes
 *     domain/devices/disk[@type='file'|'block']      one of several values
 *     domain/metadata/*                              any one element
 *     domain/devices/disk/** /source                 any depth, also none (written without the blank)
 */
import type { Place } from './place.ts';

interface Condition {
  readonly attribute: string;
  readonly oneOf: ReadonlySet<string>;
}

export interface PatternStep {
  /** A name, `*` or `**`. */
  readonly name: string;
  readonly conditions: readonly Condition[];
}

export type PathPattern = readonly PatternStep[];

const STEP = /^([\w:.-]+|\*\*?)((?:\[@[\w:.-]+='[^']*'(?:\|'[^']*')*\])*)$/;
const CONDITION = /\[@([\w:.-]+)=((?:'[^']*'\|?)+)\]/g;
/** Between the patterns of one heading. */
const AND = ' , ';

/** Reads a heading. Throws where it is none: a fault of ours that a test finds. */
export function readPatterns(heading: string): PathPattern[] {
  return heading.split(AND).map(readPattern);
}

export function readPattern(path: string): PathPattern {
  return path.trim().split(SLASH).map(readStep);
}

export function isPattern(path: string): boolean {
  return path.split(SLASH).every((step) => STEP.test(step));
}

/** As it is written in a heading. */
export function patternText(pattern: PathPattern): string {
  return pattern.map(({ name, conditions }) => name + conditions.map(conditionText).join('')).join('/');
}

function conditionText({ attribute, oneOf }: Condition): string {
  return `[@${attribute}=${[...oneOf].map((value) => `'${value}'`).join('|')}]`;
}

/** Values of attributes may hold slashes. */
const SLASH = /\/(?![^[]*\])/;

function readStep(text: string): PatternStep {
  const [, name, conditions] = STEP.exec(text) ?? [];
  if (name === undefined) throw new Error(`not a step of a path: ${text}`);
  return {
    name,
    conditions: [...(conditions ?? '').matchAll(CONDITION)].map(([, attribute = '', values = '']) => ({
      attribute,
      oneOf: new Set([...values.matchAll(/'([^']*)'/g)].map(([, value = '']) => value)),
    })),
  };
}

/** How exact a pattern is: the more steps and conditions it names. A condition says more than a step. */
export function exactness(pattern: PathPattern): number {
  let sum = 0;
  for (const { name, conditions } of pattern) {
    if (name === '*') sum += 0.5;
    else if (name !== '**') sum += 1;
    for (const { oneOf } of conditions) sum += 2 - oneOf.size / 1000;
  }
  return sum;
}

/** A condition that a place does not decide: it says nothing of the attribute, or leaves it several values. */
export interface Doubt {
  readonly place: Place;
  readonly attribute: string;
}

/** The doubts that are left where a pattern fits a place (none: it fits for certain), or undefined where it does not. */
export function match(pattern: PathPattern, places: readonly Place[], from = 0, at = 0): readonly Doubt[] | undefined {
  const step = pattern[from];
  const place = places[at];
  if (!step) return place ? undefined : [];
  if (step.name === '**') {
    const here = match(pattern, places, from + 1, at);
    if (here?.length === 0 || !place) return here;
    return fewer(here, match(pattern, places, from, at + 1));
  }
  if (!place || (step.name !== '*' && step.name !== place.name)) return undefined;
  const own = doubtsOf(step, place);
  if (!own) return undefined;
  const others = match(pattern, places, from + 1, at + 1);
  return others && [...own, ...others];
}

function doubtsOf({ conditions }: PatternStep, place: Place): readonly Doubt[] | undefined {
  const doubts: Doubt[] = [];
  for (const { attribute, oneOf } of conditions) {
    const values = place.values(attribute);
    const taken = values?.filter((value) => oneOf.has(value));
    if (taken?.length === 0) return undefined;
    if (taken?.length !== values?.length || !values) doubts.push({ place, attribute });
  }
  return doubts;
}

function fewer(a: readonly Doubt[] | undefined, b: readonly Doubt[] | undefined): readonly Doubt[] | undefined {
  if (!a || !b) return a ?? b;
  return b.length < a.length ? b : a;
}

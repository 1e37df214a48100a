/** The datatypes of XML Schema that libvirt's schemas use, with their facets. */
import type { Facet } from './table.ts';
import { xsdRegExp } from './xsdPattern.ts';

export type ValueTest = (value: string) => boolean;

/** Least and greatest value; undefined where there is no bound. */
export interface IntegerRange {
  readonly least?: bigint;
  readonly greatest?: bigint;
}

const integers: Readonly<Record<string, IntegerRange>> = {
  integer: {},
  long: { least: -(2n ** 63n), greatest: 2n ** 63n - 1n },
  int: { least: -(2n ** 31n), greatest: 2n ** 31n - 1n },
  short: { least: -32768n, greatest: 32767n },
  byte: { least: -128n, greatest: 127n },
  unsignedLong: { least: 0n, greatest: 2n ** 64n - 1n },
  unsignedInt: { least: 0n, greatest: 2n ** 32n - 1n },
  unsignedShort: { least: 0n, greatest: 65535n },
  unsignedByte: { least: 0n, greatest: 255n },
  positiveInteger: { least: 1n },
  nonNegativeInteger: { least: 0n },
  nonPositiveInteger: { greatest: 0n },
  negativeInteger: { greatest: -1n },
};

const number = /^([-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?|-?INF|NaN)$/;
const anything = /^/;
const forms: Readonly<Record<string, RegExp>> = {
  string: anything,
  token: anything,
  normalizedString: anything,
  anyURI: anything,
  double: number,
  float: number,
  decimal: /^[-+]?(\d+(\.\d*)?|\.\d+)$/,
  boolean: /^(true|false|0|1)$/,
  NCName: /^[A-Za-z_\u00c0-\uffff][-\w.\u00b7-\uffff]*$/,
  dateTime: /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[-+]\d\d:\d\d)?$/,
};

const facetTests: Readonly<Record<string, (limit: string) => ValueTest>> = {
  pattern: (limit) => {
    // Most expressions of a grammar are never asked.
    let expression: RegExp | undefined;
    return (value) => {
      expression ??= xsdRegExp(limit);
      return expression.test(value);
    };
  },
  maxInclusive: (limit) => (value) => Number(value) <= Number(limit),
  minInclusive: (limit) => (value) => Number(value) >= Number(limit),
  maxExclusive: (limit) => (value) => Number(value) < Number(limit),
  minExclusive: (limit) => (value) => Number(value) > Number(limit),
  maxLength: (limit) => (value) => value.length <= Number(limit),
  minLength: (limit) => (value) => value.length >= Number(limit),
  length: (limit) => (value) => value.length === Number(limit),
};

export function isDatatype(type: string): boolean {
  return type in integers || type in forms;
}

export function isFacet(name: string): boolean {
  return name in facetTests;
}

/** Without blanks at the ends, and with single blanks between. */
export function collapse(value: string): string {
  return !hasBlank(value) ? value : value.trim().replace(/[ \t\n\r]+/g, ' ');
}

/** The bounds of an integer type, narrowed by its facets; undefined for types that are no integers. */
export function integerRange(type: string, facets: readonly Facet[]): IntegerRange | undefined {
  const range = integers[type];
  if (!range) return undefined;
  let { least, greatest } = range;
  for (const [name, text] of facets) {
    if (!/^[-+]?\d+$/.test(text.trim())) continue;
    const limit = BigInt(text.trim());
    if (name === 'minInclusive' && (least === undefined || limit > least)) least = limit;
    if (name === 'maxInclusive' && (greatest === undefined || limit < greatest)) greatest = limit;
  }
  return { ...(least !== undefined && { least }), ...(greatest !== undefined && { greatest }) };
}

/** A test of values as they stand in the document, blanks and all. */
export function valueTest(type: string, facets: readonly Facet[]): ValueTest {
  const range = integerRange(type, facets);
  if (range) return integerTest(range, facets.filter(([name]) => !name.endsWith('Inclusive')).map(facetTest));
  const form = forms[type];
  if (!form) throw new RangeError(`no datatype ${type}`);
  const tests = facets.map(facetTest);
  const keepsBlanks = type === 'string';
  return (raw) => {
    const value = keepsBlanks ? raw : collapse(raw);
    return (form === anything || form.test(value)) && tests.every((test) => test(value));
  };
}

function integerTest({ least, greatest }: IntegerRange, tests: readonly ValueTest[]): ValueTest {
  const low = least === undefined ? -Infinity : Number(least);
  const high = greatest === undefined ? Infinity : Number(greatest);
  return (raw) => {
    const value = collapse(raw);
    if (!/^[-+]?\d+$/.test(value)) return false;
    // Below 16 digits a double is exact, and much faster.
    if (value.length < 16) {
      const number = Number(value);
      return number >= low && number <= high && tests.every((test) => test(value));
    }
    const big = BigInt(value.startsWith('+') ? value.slice(1) : value);
    return (
      (least === undefined || big >= least) &&
      (greatest === undefined || big <= greatest) &&
      tests.every((test) => test(value))
    );
  };
}

function facetTest([name, limit]: Facet): ValueTest {
  const make = facetTests[name];
  if (!make) throw new RangeError(`no facet ${name}`);
  return make(limit);
}

function hasBlank(value: string): boolean {
  for (let at = 0; at < value.length; at++) if (value.charCodeAt(at) <= 32) return true;
  return false;
}

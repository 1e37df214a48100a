import { say } from '../l10n/say.ts';
/** The shape of JSON data, described once: the TypeScript type, the check of what comes from outside and the JSON schema all come from it. */

export type JsonSchema = { readonly [key: string]: unknown };

export interface Shape<Value> {
  /** What is wrong with a value, with its place (`networks[2].name`); undefined where it fits. */
  readonly problem: (value: unknown, at: string) => string | undefined;
  readonly schema: JsonSchema;
  readonly isOptional?: boolean;
  /** Carries the type; never called. */
  readonly holds?: () => Value;
}

/** The type of the values that fit a shape. */
export type ValueOf<Of> = Of extends Shape<infer Value> ? Value : never;

/** Says whether a value fits, as TypeScript understands it. */
export function fits<Value>(shape: Shape<Value>, value: unknown): value is Value {
  return shape.problem(value, '') === undefined;
}

function primitive<Value>(type: 'string' | 'number' | 'boolean'): Shape<Value> {
  return {
    problem: (value, at) => (typeof value === type ? undefined : say`${at} is no ${type}`),
    schema: { type },
  };
}

export const text: Shape<string> = primitive('string');
export const number: Shape<number> = primitive('number');
export const flag: Shape<boolean> = primitive('boolean');

/** One number and no other. */
export function exactly<const Value extends number>(wanted: Value): Shape<Value> {
  return {
    problem: (value, at) => (value === wanted ? undefined : say`${at} is not ${wanted}`),
    schema: { const: wanted },
  };
}

export function list<Item>(item: Shape<Item>): Shape<readonly Item[]> {
  return {
    problem(value, at) {
      if (!Array.isArray(value)) return say`${at} is no list`;
      return firstOf(value.entries(), ([index, one]) => item.problem(one, `${at}[${index}]`));
    },
    schema: { type: 'array', items: item.schema },
  };
}

/** Any names, with values that are alike. */
export function map<Value>(value: Shape<Value>): Shape<Readonly<Record<string, Value>>> {
  return {
    problem(given, at) {
      if (!isObject(given)) return say`${at} is no object`;
      return firstOf(Object.entries(given), ([name, one]) => value.problem(one, `${at}.${name}`));
    },
    schema: { type: 'object', additionalProperties: value.schema },
  };
}

/** A key that may be missing: what it says is not known then. */
export function optional<Value>(shape: Shape<Value>): Shape<Value> & { readonly isOptional: true } {
  return { ...shape, isOptional: true };
}

/** With a description for people, in editors and documentation. */
export function described<Of extends Shape<unknown>>(description: string, shape: Of): Of {
  return { ...shape, schema: { description, ...shape.schema } };
}

type Keys = Readonly<Record<string, Shape<unknown>>>;
type OptionalKey<Of extends Keys> = {
  [Key in keyof Of]: Of[Key] extends { readonly isOptional: true } ? Key : never;
}[keyof Of];

type ObjectOf<Of extends Keys> = {
  readonly [Key in Exclude<keyof Of, OptionalKey<Of>>]: ValueOf<Of[Key]>;
} & { readonly [Key in OptionalKey<Of>]?: ValueOf<Of[Key]> };

/** Keys that are not named here are let pass: a later version may have them. */
export function object<Of extends Keys>(keys: Of): Shape<ObjectOf<Of>> {
  const required = Object.entries(keys).flatMap(([name, { isOptional }]) => (isOptional ? [] : [name]));
  return {
    problem(value, at) {
      if (!isObject(value)) return say`${at || '$'} is no object`;
      const given = new Map<string, unknown>(Object.entries(value));
      return firstOf(Object.entries(keys), ([name, shape]) => {
        const place = at === '' ? name : `${at}.${name}`;
        const one = given.get(name);
        if (one === undefined) return shape.isOptional ? undefined : say`${place} is missing`;
        return shape.problem(one, place);
      });
    },
    schema: {
      type: 'object',
      ...(required.length > 0 && { required }),
      properties: Object.fromEntries(Object.entries(keys).map(([name, { schema }]) => [name, schema])),
    },
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function firstOf<Item>(items: Iterable<Item>, problemOf: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const problem = problemOf(item);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Holds a parsed JSON document against its shape: what is wrong, at which token, and what was likely meant. */
import type { Node } from 'jsonc-parser';
import { closest } from '../grammar/closest.ts';
import { type Filling, say } from '../l10n/say.ts';
import type { Span } from '../xml/tree.ts';
import type { Names, Shape } from './shape.ts';

export interface ShapeProblem extends Span {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** What to write instead of the token, best first; JSON. */
  readonly meant: readonly string[];
}

export function shapeProblems(node: Node, shape: Shape): ShapeProblem[] {
  switch (shape.kind) {
    case 'object':
      return ofObject(node, shape);
    case 'map':
      return ofMap(node, shape);
    case 'list':
      if (node.type !== 'array' && shape.orOne) return shapeProblems(node, shape.item);
      if (node.type !== 'array') return [wrongType(node, say`a list in \`[ ]\``)];
      return (node.children ?? []).flatMap((item) => shapeProblems(item, shape.item));
    case 'word':
      return ofWord(node, shape.what, shape.words);
    case 'number':
      return typeof node.value === 'number' && node.value >= 0
        ? []
        : [problem(node, say`${shown(node)} is no ${shape.what}.`)];
    case 'text': {
      const fits = typeof node.value === 'string' && shape.pattern.test(node.value);
      if (fits) return [];
      return [problem(node, say`${shown(node)} is no ${shape.what}.`)];
    }
  }
}

function ofObject(node: Node, { keys }: Extract<Shape, { kind: 'object' }>): ShapeProblem[] {
  const properties = propertiesOf(node);
  if (!properties) return [wrongType(node, say`an object in \`{ }\``)];
  const names = Object.keys(keys);
  const given = new Set(properties.map(({ name }) => name));
  const missing = names.filter((name) => keys[name]?.required && !given.has(name));
  return [
    ...missing.map((name) =>
      problem({ offset: node.offset, length: 1 }, say`\`${name}\` is missing: ${keys[name]?.about}`),
    ),
    ...properties.flatMap(({ key, name, value }) => {
      const known = Object.hasOwn(keys, name) ? keys[name] : undefined;
      if (!known) return [unknownName(key, say`key`, name, names)];
      return value ? shapeProblems(value, known.shape) : [];
    }),
  ];
}

function ofMap(node: Node, { what, names, value: shape }: Extract<Shape, { kind: 'map' }>): ShapeProblem[] {
  const properties = propertiesOf(node);
  if (!properties) return [wrongType(node, say`an object in \`{ }\`, by ${what}`)];
  const known = names();
  return properties.flatMap(({ key, name, value }) => [
    ...(Object.hasOwn(known, name) ? [] : [unknownName(key, what, name, Object.keys(known))]),
    ...(value ? shapeProblems(value, shape) : []),
  ]);
}

function ofWord(node: Node, what: Filling, words: Names): ShapeProblem[] {
  if (typeof node.value === 'string' && Object.hasOwn(words, node.value)) return [];
  const all = Object.keys(words);
  const meant = typeof node.value === 'string' ? closest(node.value, all) : [];
  return [problem(node, say`${shown(node)} is no ${what}; there are ${all.join(say`, `)}.`, meant)];
}

/** A warning: a newer virtlint may know it. */
function unknownName(key: Node, what: Filling, name: string, known: readonly string[]): ShapeProblem {
  const meant = closest(name, known).slice(0, 3);
  const hint = meant.length > 0 ? say`; did you mean ${meant.map((one) => `\`${one}\``).join(say` or `)}?` : '.';
  const reason = name.startsWith('xml/')
    ? say`: text that is not well-formed is nothing to libvirt, and always told.`
    : hint;
  return { ...problem(key, say`There is no ${what} \`${name}\` here${reason}`, meant), severity: 'warning' };
}

interface Property {
  readonly key: Node;
  readonly name: string;
  /** Undefined while it is being typed. */
  readonly value: Node | undefined;
}

function propertiesOf(node: Node): Property[] | undefined {
  if (node.type !== 'object') return undefined;
  return (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    key ? [{ key, name: String(key.value), value }] : [],
  );
}

function wrongType(node: Node, wanted: string): ShapeProblem {
  return problem(
    node,
    say`${wanted} is wanted here.`.replace(/^./, (letter) => letter.toUpperCase()),
  );
}

function problem(
  { offset, length }: Pick<Node, 'offset' | 'length'>,
  message: string,
  meant: readonly string[] = [],
): ShapeProblem {
  const replacements = meant.map((one) => JSON.stringify(one));
  return { severity: 'error', start: offset, end: offset + length, message, meant: replacements };
}

function shown(node: Node): string {
  return node.type === 'object' || node.type === 'array' ? say`An ${node.type}` : `\`${String(node.value)}\``;
}

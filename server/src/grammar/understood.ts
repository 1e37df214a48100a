/**
 * The document as the cheapest repair reads it: a misspelt name is the name that was meant, a second copy is not there, a misplaced
 * element stands in its home. Rules read this one, so that a slip in a name does not also bring the complaint that the name is missing.
 * All offsets stay those of the text.
 */
import { nameSpan, valueSpan } from '../xml/query.ts';
import type { Span, XmlAttribute, XmlDocument, XmlElement } from '../xml/tree.ts';
import { closest } from './closest.ts';
import type { GrammarError } from './error.ts';

interface Corrections {
  readonly names: Map<XmlElement | XmlAttribute, string>;
  readonly values: Map<XmlAttribute, string>;
  /** Elements that are left out where they stand. */
  readonly gone: Set<XmlElement>;
  /** Elements that stand somewhere else than they should, by the element that takes them in. */
  readonly adopted: Map<XmlElement, XmlElement[]>;
  /** Elements in or below which anything is different. The others are shared with the document. */
  readonly touched: Set<XmlElement>;
}

export interface Understood {
  /** The document itself where nothing has to be understood otherwise; else a copy. */
  readonly document: XmlDocument;
  /** Names and values that are read as another one, which was meant: only the grammar may speak of them. */
  readonly guessed: readonly Span[];
}

export function understand(document: XmlDocument, errors: readonly GrammarError[]): Understood {
  if (errors.length === 0 || !document.root) return { document, guessed: [] };
  const corrections: Corrections = {
    names: new Map(),
    values: new Map(),
    gone: new Set(),
    adopted: new Map(),
    touched: new Set(),
  };
  for (const error of errors) correct(error, document.root, corrections);
  const { names, values, gone } = corrections;
  if (names.size + values.size + gone.size === 0) return { document, guessed: [] };
  touch(corrections);
  const understood = { ...document, root: copy(document.root, null, corrections) };
  return { document: understood, guessed: [...[...names.keys()].map(nameOf), ...[...values.keys()].map(valueSpan)] };
}

function correct(error: GrammarError, root: XmlElement, { names, values, gone, adopted }: Corrections): void {
  switch (error.code) {
    case 'misspelt-element':
    case 'misspelt-attribute': {
      const [meant] = error.expected;
      if (meant !== undefined) names.set(error.code === 'misspelt-element' ? error.child : error.attribute, meant);
      break;
    }
    case 'wrong-value': {
      // What stands in an element says what its choosing attribute should be.
      const { words } = error.expected;
      const [meant] = error.fitsContent ? words : closest(error.attribute.value, words);
      if (meant !== undefined) values.set(error.attribute, meant);
      break;
    }
    case 'repeated-element':
      gone.add(error.child);
      break;
    case 'misplaced-element': {
      gone.add(error.child);
      const home = homeOf(error.owner, error.homes, root);
      if (home) adopted.set(home, [...(adopted.get(home) ?? []), error.child]);
      break;
    }
  }
}

function nameOf(named: XmlElement | XmlAttribute): Span {
  return named.kind === 'element' ? nameSpan(named) : { start: named.nameStart, end: named.nameEnd };
}

/** The nearest element around the owner that could take a child in, or its only such child or the root's. */
function homeOf(owner: XmlElement, homes: readonly string[], root: XmlElement): XmlElement | undefined {
  for (let at: XmlElement | null = owner; at; at = at.parent) if (homes.includes(at.name)) return at;
  for (const around of [owner, root]) {
    const fitting = around.children.filter(
      (node): node is XmlElement => node.kind === 'element' && homes.includes(node.name),
    );
    if (fitting.length === 1) return fitting[0];
  }
  return undefined;
}

/** Every element that has to be copied: those that change, and all around them. */
function touch({ names, values, gone, adopted, touched }: Corrections): void {
  const changed = [...names.keys(), ...values.keys(), ...gone, ...adopted.keys()];
  for (const one of changed) {
    for (let at: XmlElement | null = one.kind === 'element' ? one : one.parent; at; at = at.parent) touched.add(at);
  }
}

/** A brother that nothing changes keeps its old parent, which stands at the same place in the text. */
function copy(element: XmlElement, parent: XmlElement | null, corrections: Corrections): XmlElement {
  const { names, values, gone, adopted, touched } = corrections;
  const made: XmlElement = {
    ...element,
    name: names.get(element) ?? element.name,
    parent,
    attributes: [],
    children: [],
  };
  made.attributes = element.attributes.map((attribute) => ({
    ...attribute,
    name: names.get(attribute) ?? attribute.name,
    value: values.get(attribute) ?? attribute.value,
    parent: made,
  }));
  const kept = element.children.filter((node) => node.kind === 'text' || !gone.has(node));
  made.children = kept.map((node) =>
    node.kind === 'element' && touched.has(node) ? copy(node, made, corrections) : node,
  );
  for (const child of adopted.get(element) ?? []) made.children.push(copy(child, made, corrections));
  return made;
}

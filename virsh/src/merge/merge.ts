/** What others changed and what was edited, brought together. No edit of either side is lost: what cannot be both is a conflict. */
import { applyEdits } from '../../../server/src/finding.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { attributeValue, descendants, textOf } from '../../../server/src/xml/query.ts';
import type { XmlDocument, XmlElement } from '../../../server/src/xml/tree.ts';
import { type Divergence, divergences, sizeOf } from '../preview/divergences.ts';
import { identityOf } from '../preview/identity.ts';
import type { Sides } from './markers.ts';
import { mergeElements } from './mergeElements.ts';
import { type Merge, mergeLines } from './mergeLines.ts';

/**
 * Merges their text (what the host has now) into our text (what is in the editor); both came from the base (what was opened).
 * With conflicts the result carries markers and is no XML.
 */
export function mergeDefinitions(base: string, theirs: string, ours: string, sides: Sides): Merge {
  if (base === theirs || ours === theirs) return { text: ours, conflicts: 0 };
  const documents = { base: parseXml(base), theirs: parseXml(theirs), ours: parseXml(ours) };
  const roots = { base: rootOf(documents.base), theirs: rootOf(documents.theirs), ours: rootOf(documents.ours) };
  if (!roots.base || !roots.theirs || !roots.ours) return mergeLines(base, theirs, ours, sides);
  const three = { base: roots.base, theirs: roots.theirs, ours: roots.ours };
  const { edits, conflicts } = mergeElements(three, documents.theirs, documents.ours, sides);
  const text = applyEdits(ours, edits);
  if (conflicts > 0 || keepsAll(three, rootOf(parseXml(text)))) return { text, conflicts };
  // Elements that were taken for each other: lines are not.
  return mergeLines(base, theirs, ours, sides);
}

function rootOf(document: XmlDocument): XmlElement | undefined {
  return document.problems.length === 0 && document.root ? document.root : undefined;
}

/** Whether a merged text has the changes of both sides, and no others. */
function keepsAll(
  { base, theirs, ours }: { readonly base: XmlElement; readonly theirs: XmlElement; readonly ours: XmlElement },
  merged: XmlElement | undefined,
): boolean {
  if (!merged) return false;
  const wanted = new Set([...divergences(base, theirs), ...divergences(base, ours)].map(keyOf));
  const got = new Set(divergences(base, merged).map(keyOf));
  return wanted.size === got.size && [...wanted].every((key) => got.has(key));
}

/** What a divergence is about and comes to, whatever text it stands in. */
function keyOf(divergence: Divergence): string {
  const { kind, path, left, right } = divergence;
  const place = [kind, path, ...lineage(kind === 'only-right' ? right : left)];
  switch (divergence.kind) {
    case 'attribute':
      return [...place, divergence.inRight?.value ?? ''].join('\n');
    case 'text':
      return [...place, sizeOf(right) ?? textOf(right)].join('\n');
    case 'order':
      return place.join('\n');
    case 'only-left':
    case 'only-right':
      return [...place, contentOf(divergence.element)].join('\n');
  }
}

function lineage(element: XmlElement): readonly string[] {
  const names: string[] = [];
  for (let at: XmlElement | null = element; at; at = at.parent) names.push(`${at.name} ${identityOf(at) ?? ''}`);
  return names;
}

function contentOf(element: XmlElement): string {
  return [...descendants(element)]
    .map((at) => {
      const attributes = at.attributes.map(({ name }) => `${name}=${attributeValue(at, name)}`).sort();
      return [at.name, ...attributes, textOf(at)].join(' ');
    })
    .join('\n');
}

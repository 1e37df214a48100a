/** Above what others refer to: how many do. */
import type { EntityKind } from '../domain/references/kinds.ts';
import { sitesOf } from '../domain/references/read.ts';
import type { Site } from '../domain/references/site.ts';
import { say } from '../l10n/say.ts';
import type { XmlDocument } from '../xml/tree.ts';

/** What nobody uses, or many do, is news here; of controllers, cells and aliases a guest has so many that lenses would be noise. */
const COUNTED: ReadonlySet<EntityKind> = new Set<EntityKind>([
  'iothread',
  'throttle-group',
  'network',
  'portgroup',
  'filter',
  'pool',
  'volume',
  'secret',
]);

/** The definitions that have a lens. A guest's own mentions of a network define nothing, and have none. */
export function codeLenses(document: XmlDocument): readonly Site[] {
  return sitesOf(document).filter(({ kind, role, implied }) => role === 'definition' && !implied && COUNTED.has(kind));
}

/** What the lens says. */
export function lensTitle(references: number): string {
  if (references === 0) return say`nothing refers to it`;
  return references === 1 ? say`1 reference` : say`${references} references`;
}

/** Something that is named under the cursor, and every place of the document that names it: what navigation and rename share. */
import { kinds } from '../domain/references/kinds.ts';
import { guestAround, sitesOf } from '../domain/references/read.ts';
import { type Entity, isOf, type Site } from '../domain/references/site.ts';
import { say } from '../l10n/say.ts';
import type { Span, XmlDocument } from '../xml/tree.ts';

export interface EntityUnderCursor {
  readonly entity: Entity;
  /** The name under the cursor; of a range the end that is meant. */
  readonly span: Span;
  /** Every mention in this document, in its order. */
  readonly sites: readonly Site[];
}

export function entityUnderCursor(document: XmlDocument, offset: number): EntityUnderCursor | undefined {
  const all = sitesOf(document);
  const here = all.filter((site) => site.start <= offset && offset <= site.end);
  // A count defines many, and is no name of one.
  const site = here.find(({ implied }) => implied !== 'count');
  if (!site) return undefined;
  const { kind, within } = site;
  const { name, span } = endUnderCursor(document, site, offset);
  const entity = { kind, name, within };
  return { entity, span, sites: sitesOfEntity(all, entity, site) };
}

/** The mentions of an entity that stands at a site. */
function sitesOfEntity(all: readonly Site[], entity: Entity, { element }: Site): Site[] {
  const guest = kinds[entity.kind].reach === 'domain' ? guestAround(element) : undefined;
  return all
    .filter((site) => isOf(site, entity) && (!guest || guestAround(site.element) === guest))
    .sort((a, b) => a.start - b.start);
}

/** Of a range (`0-3`) the end that the cursor is at. */
function endUnderCursor({ text }: XmlDocument, site: Site, offset: number): { name: string; span: Span } {
  const { start, end, name, last } = site;
  if (last === undefined || site.implied) return { name, span: { start, end } };
  const [first = '', second = ''] = text.slice(start, end).split(/\s*-\s*/);
  return offset <= start + first.length
    ? { name, span: { start, end: start + first.length } }
    : { name: String(last), span: { start: end - second.length, end } };
}

/** "IOThread 3", "controller scsi 0", "network default": how messages call it. */
export function entityName({ kind, name }: Entity): string {
  return say`${kinds[kind].noun} ${name}`;
}

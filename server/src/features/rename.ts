/** Renames what is named under the cursor wherever it is named, or says why that can't be. */

import { diskName, readDisk } from '../domain/disk.ts';
import { numberOfAnyBase } from '../domain/numbers.ts';
import { kinds } from '../domain/references/kinds.ts';
import { newName as checkedName } from '../domain/references/newNames.ts';
import { guestAround, sitesOf } from '../domain/references/read.ts';
import { type Entity, isOf, type Mention, type Site } from '../domain/references/site.ts';
import { unnamedUsers } from '../domain/references/unnamedUsers.ts';
import type { TextEdit } from '../finding.ts';
import { say } from '../l10n/say.ts';
import { escapeAttribute, escapeText } from '../xml/edits.ts';
import type { Span, XmlDocument } from '../xml/tree.ts';
import { type EntityUnderCursor, entityName } from './entity.ts';
import { definitionsIn } from './navigation.ts';

export interface Refusal {
  readonly ok: false;
  /** Why, for the user. */
  readonly problem: string;
}

/** What may be renamed: its name, which an editor offers for change. */
export interface Renameable {
  readonly ok: true;
  readonly span: Span;
  readonly placeholder: string;
}

/** What other documents mention of an entity of the host. */
export type Elsewhere = (entity: Entity) => readonly Mention[];

const refusal = (problem: string): Refusal => ({ ok: false, problem });

/** Whether what is named under the cursor can be renamed. */
export function renameable(
  document: XmlDocument,
  under: EntityUnderCursor,
  elsewhere: Elsewhere,
): Renameable | Refusal {
  const problem = fixedBecause(under, document, elsewhere);
  if (problem !== undefined) return refusal(problem);
  return { ok: true, span: under.span, placeholder: document.text.slice(under.span.start, under.span.end) };
}

/** The edits of this document; those of others follow by `renamed`. */
export function renameEdits(
  document: XmlDocument,
  under: EntityUnderCursor,
  text: string,
  elsewhere: Elsewhere,
): { readonly ok: true; readonly edits: readonly TextEdit[] } | Refusal {
  const { entity, sites } = under;
  const fixed = fixedBecause(under, document, elsewhere);
  if (fixed !== undefined) return refusal(fixed);
  const wanted = checkedName(text, entity, definitionsIn(sites));
  if (!wanted.ok) return refusal(wanted.problem);
  const after = { ...entity, name: wanted.name };
  if (after.name !== entity.name && isTaken(after, under, document, elsewhere)) {
    return refusal(say`There is ${entityName(after)} already.`);
  }
  const joining = after.name === entity.name ? undefined : unnamedUse(after, sites, document);
  if (joining !== undefined) return refusal(joining);
  const edits = sites.map((site) => ({
    start: site.start,
    end: site.end,
    newText: renamed(site, spelling(text, document, site)),
  }));
  return { ok: true, edits };
}

/** A name as it is written at a mention. */
export function renamed({ quote }: Pick<Mention, 'quote'>, text: string): string {
  return quote === '' ? escapeText(text) : escapeAttribute(text, quote);
}

/** Why an entity keeps its name, or undefined where it can have another. */
function fixedBecause(
  { entity, sites }: EntityUnderCursor,
  document: XmlDocument,
  elsewhere: Elsewhere,
): string | undefined {
  const { fixed, isShared, reach } = kinds[entity.kind];
  if (fixed) return String(fixed);
  const what = entityName(entity);
  const written = (site: Mention) => document.text.slice(site.start, site.end);
  const counted = sites.find(({ implied }) => implied);
  if (counted) return say`${what} has no name in the text: libvirt counts it. Write it out first.`;
  const range = sites.find(({ last }) => last !== undefined);
  if (range) return say`${written(range)} names ${what} as one of many. Write it apart there first.`;
  if (isShared || definitionsIn(sites).length > 0)
    return unnamedUse(entity, sites, document) ?? countedBeside(entity, sites, document);
  if (reach !== 'host') return say`${what} is not defined in this document.`;
  return definitionsIn(elsewhere(entity)).length > 0
    ? undefined
    : say`${what} is defined on the host, not in a file here: with another name here, another one would be meant.`;
}

/** Which device would be left behind, or come along, as it does not name the controller that it is on. */
function unnamedUse({ kind, name }: Entity, [first]: readonly Site[], document: XmlDocument): string | undefined {
  const [user] = first && kind === 'controller' ? unnamedUsers(name, guestAround(first.element), document) : [];
  if (!user) return undefined;
  const device = user.name === 'disk' ? diskName(readDisk(user)) : `<${user.name}>`;
  return say`${device} is on ${entityName({ kind, name })} without naming it. Write out its address first.`;
}

/** libvirt counts IOThreads from the lowest free id: with another id listed it would count others. */
function countedBeside({ kind }: Entity, [first]: readonly Site[], document: XmlDocument): string | undefined {
  if (kind !== 'iothread' || !first) return undefined;
  const guest = guestAround(first.element);
  const counted = sitesOf(document).filter(
    (site) => site.kind === kind && site.implied && guestAround(site.element) === guest,
  );
  if (counted.length === 0) return undefined;
  const ids = counted.map(({ name }) => name).join(', ');
  return say`libvirt counts the IOThreads that are not listed (${ids}), and would count others then. List them first.`;
}

function isTaken(after: Entity, { sites }: EntityUnderCursor, document: XmlDocument, elsewhere: Elsewhere): boolean {
  const { reach } = kinds[after.kind];
  const first = sites[0];
  const guest = first && reach === 'domain' ? guestAround(first.element) : undefined;
  const here = sitesOf(document).filter((site) => isOf(site, after) && (!guest || guestAround(site.element) === guest));
  const all: readonly Mention[] = reach === 'host' ? [...here, ...elsewhere(after)] : here;
  return kinds[after.kind].isShared ? false : definitionsIn(all).length > 0;
}

/** A number keeps its base: of `0x03` becomes `0x04`, whichever way 4 was typed. */
function spelling(text: string, document: XmlDocument, { kind, start, end }: Site): string {
  const number = kind === 'controller' ? numberOfAnyBase(text) : undefined;
  if (number === undefined) return text.trim();
  const before = document.text.slice(start, end).trim();
  return /^0x/i.test(before) ? `0x${number.toString(16).padStart(before.length - 2, '0')}` : String(number);
}

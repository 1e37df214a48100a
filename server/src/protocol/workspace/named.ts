/** What is named at a place of a document, with what other documents say of it. */
import { LSPErrorCodes, ResponseError, type TextDocumentPositionParams } from 'vscode-languageserver';
import { kinds } from '../../domain/references/kinds.ts';
import type { Entity } from '../../domain/references/site.ts';
import { type EntityUnderCursor, entityUnderCursor } from '../../features/entity.ts';
import { say } from '../../l10n/say.ts';
import type { OpenDocument } from '../documents.ts';
import type { RequestContext } from '../requests/requestGroup.ts';
import { type LocatedMention, locate } from './mentions.ts';

export interface Named {
  readonly open: OpenDocument;
  readonly offset: number;
  readonly under: EntityUnderCursor;
  /** The mentions in other documents. */
  readonly elsewhere: (entity: Entity) => readonly LocatedMention[];
}

/**
 * The files of the workspace are asked only where a name reaches beyond its document.
 * @throws ResponseError where the document changes meanwhile: its places would be those of another text
 */
export async function namedAt(context: RequestContext, params: TextDocumentPositionParams): Promise<Named | undefined> {
  const open = context.find(params);
  if (!open) return undefined;
  const offset = open.document.offsetAt(params.position);
  const under = entityUnderCursor(open.xml, offset);
  if (!under) return undefined;
  if (kinds[under.entity.kind].reach !== 'host') return { open, offset, under, elsewhere: () => [] };
  const { uri, version } = open.document;
  const elsewhere = await context.elsewhere(uri);
  if (context.versionOf(uri) !== version)
    throw new ResponseError(LSPErrorCodes.ContentModified, say`The document has changed meanwhile.`);
  return { open, offset, under, elsewhere };
}

/** Every mention of what is named at a place. */
export async function mentionsAt(
  context: RequestContext,
  params: TextDocumentPositionParams,
): Promise<LocatedMention[]> {
  const named = await namedAt(context, params);
  if (!named) return [];
  const { under, open, elsewhere } = named;
  return [...under.sites.map((site) => locate(open.document, site)), ...elsewhere(under.entity)];
}

/** Semantic tokens: of a whole document, of a part, and what has changed since the last answer. */
import { type SemanticTokens, SemanticTokensBuilder, type SemanticTokensDelta } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type TokenKind, semanticTokens as tokensOf } from '../../features/semanticTokens.ts';
import type { Span } from '../../xml/tree.ts';
import type { OpenDocument } from '../documents.ts';
import { guarded } from '../guard.ts';
import type { RequestGroup } from './requestGroup.ts';

/**
 * Types that every editor has colours for, with a modifier of ours where a theme may want to tell more; `element` and `attribute` are
 * ours, for an editor's own colours for XML are as good.
 */
const KINDS: Readonly<Record<TokenKind, readonly [type: string, modifier?: string]>> = {
  element: ['element'],
  attribute: ['attribute'],
  number: ['number'],
  word: ['enumMember'],
  unit: ['enumMember', 'unit'],
  path: ['string', 'path'],
  uuid: ['string', 'uuid'],
  mac: ['string', 'mac'],
  text: ['string'],
};
const legend = {
  tokenTypes: [...new Set(Object.values(KINDS).map(([type]) => type))],
  tokenModifiers: Object.values(KINDS).flatMap(([, modifier]) => modifier ?? []),
};
const EMPTY: SemanticTokens = { data: [] };

export const semanticTokens: RequestGroup = {
  capabilities: () => ({ semanticTokensProvider: { legend, full: { delta: true }, range: true } }),

  listen(context) {
    const { connection, log } = context;
    /** What each document's client has been told last: it goes with the document. */
    const builders = new WeakMap<TextDocument, SemanticTokensBuilder>();
    const builderOf = (document: TextDocument): SemanticTokensBuilder => {
      const builder = builders.get(document) ?? new SemanticTokensBuilder();
      builders.set(document, builder);
      return builder;
    };
    connection.languages.semanticTokens.on(
      guarded(log, 'semanticTokens', EMPTY, (params): SemanticTokens => {
        const open = context.find(params);
        if (!open) return EMPTY;
        const builder = new SemanticTokensBuilder();
        builders.set(open.document, builder);
        push(builder, open);
        return builder.build();
      }),
    );
    connection.languages.semanticTokens.onDelta(
      guarded(log, 'semanticTokens/delta', EMPTY, (params): SemanticTokens | SemanticTokensDelta => {
        const open = context.find(params);
        if (!open) return EMPTY;
        const builder = builderOf(open.document);
        builder.previousResult(params.previousResultId);
        push(builder, open);
        return builder.buildEdits();
      }),
    );
    connection.languages.semanticTokens.onRange(
      guarded(log, 'semanticTokens/range', EMPTY, (params): SemanticTokens => {
        const open = context.find(params);
        if (!open) return EMPTY;
        const { start, end } = params.range;
        const builder = new SemanticTokensBuilder();
        push(builder, open, { start: open.document.offsetAt(start), end: open.document.offsetAt(end) });
        return builder.build();
      }),
    );
  },
};

function push(builder: SemanticTokensBuilder, { document, xml }: OpenDocument, part?: Span): void {
  for (const { kind, start, end } of tokensOf(xml, part)) {
    const [type, modifier] = KINDS[kind];
    const { line, character } = document.positionAt(start);
    const modifiers = modifier === undefined ? 0 : 1 << legend.tokenModifiers.indexOf(modifier);
    builder.push(line, character, end - start, legend.tokenTypes.indexOf(type), modifiers);
  }
}

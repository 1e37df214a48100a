/** From a name to where it is defined and used, in this document and, of what the host has, in others. */
import { type DocumentHighlight, DocumentHighlightKind, type Location, type LocationLink } from 'vscode-languageserver';
import { definitionsIn, documentHighlights, referencesIn } from '../../features/navigation.ts';
import { toRange } from '../convert.ts';
import { guarded, guardedAsync } from '../guard.ts';
import type { LocatedMention } from '../workspace/mentions.ts';
import { mentionsAt } from '../workspace/named.ts';
import type { RequestGroup } from './requestGroup.ts';

export const navigation: RequestGroup = {
  capabilities: () => ({ documentHighlightProvider: true, definitionProvider: true, referencesProvider: true }),

  listen(context) {
    const { connection, log } = context;
    connection.onDocumentHighlight(
      guarded(log, 'documentHighlight', [], (params): DocumentHighlight[] => {
        const open = context.find(params);
        if (!open) return [];
        const { document, xml } = open;
        return documentHighlights(xml, document.offsetAt(params.position)).map((highlight) => ({
          range: toRange(document, highlight),
          kind: highlight.isDefinition ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
        }));
      }),
    );

    connection.onDefinition(
      guardedAsync(log, 'definition', null, async (params): Promise<Location[] | LocationLink[] | null> => {
        const found = definitionsIn(await mentionsAt(context, params));
        if (!context.client.textDocument?.definition?.linkSupport) return found.map(toLocation);
        return found.map(({ uri, range, whole }) => ({
          targetUri: uri,
          targetRange: whole,
          targetSelectionRange: range,
        }));
      }),
    );

    connection.onReferences(
      guardedAsync(
        log,
        'references',
        [],
        async (params): Promise<Location[]> =>
          referencesIn(await mentionsAt(context, params), params.context.includeDeclaration).map(toLocation),
      ),
    );
  },
};

function toLocation({ uri, range }: LocatedMention): Location {
  return { uri, range };
}

/** What a document's writer is told and offered at the cursor. */
import type { CompletionItem, Hover } from 'vscode-languageserver';
import { completion } from '../../features/completion.ts';
import { hover } from '../../features/hover.ts';
import { toRange } from '../convert.ts';
import { toCompletionItem } from '../convertCompletion.ts';
import { guarded } from '../guard.ts';
import type { RequestGroup } from './requestGroup.ts';

export const help: RequestGroup = {
  capabilities: () => ({
    hoverProvider: true,
    completionProvider: { triggerCharacters: ['<', ' ', '"', "'", '/'] },
  }),

  listen(context) {
    const { connection, log } = context;
    connection.onHover(
      guarded(log, 'hover', null, (params): Hover | null => {
        const open = context.find(params);
        const answer = open && hover(open.xml, open.document.offsetAt(params.position));
        return answer
          ? { contents: { kind: 'markdown', value: answer.markdown }, range: toRange(open.document, answer.span) }
          : null;
      }),
    );

    connection.onCompletion(
      guarded(log, 'completion', [], (params): CompletionItem[] => {
        const open = context.find(params);
        if (!open) return [];
        const { document, xml } = open;
        const snippets = context.client.textDocument?.completion?.completionItem?.snippetSupport === true;
        const closesTags = context.find(params, 'endTags') !== undefined;
        return completion(xml, document.offsetAt(params.position))
          .filter(({ kind }) => closesTags || kind !== 'end-tag')
          .map((item, index) => toCompletionItem(document, item, index, snippets));
      }),
    );
  },
};

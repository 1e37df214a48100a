/** Tags in pairs: both names edited as one, and closing them. */
import type { LinkedEditingRanges, TextDocumentPositionParams } from 'vscode-languageserver';
import { closing } from '../../features/closingTags.ts';
import { linkedNames, NAME_PATTERN } from '../../features/linkedEditing.ts';
import { escapeSnippet } from '../../features/snippetText.ts';
import { toRange } from '../convert.ts';
import { guarded } from '../guard.ts';
import { valueIn } from '../settings.ts';
import type { RequestContext, RequestGroup } from './requestGroup.ts';

/** Behind a `>` or `/` that was just typed: {textDocument, position} → the snippet to insert there, or null. */
const CLOSE_TAG_REQUEST = 'virtlint/closeTag';

export const tags: RequestGroup = {
  capabilities: () => ({ linkedEditingRangeProvider: true }),

  listen(context) {
    const { connection, log } = context;
    connection.languages.onLinkedEditingRange(
      guarded(log, 'linkedEditingRange', null, (params): LinkedEditingRanges | null => {
        const open = context.find(params, 'tags');
        const names = open && linkedNames(open.xml, open.document.offsetAt(params.position));
        if (!names) return null;
        return { ranges: names.map((name) => toRange(open.document, name)), wordPattern: NAME_PATTERN };
      }),
    );

    connection.onRequest(
      CLOSE_TAG_REQUEST,
      guarded(log, CLOSE_TAG_REQUEST, null, (params: TextDocumentPositionParams): string | null => {
        const open = context.find(params, 'tags');
        const found = open && closing(open.xml, open.document.offsetAt(params.position));
        if (!found) return null;
        const text = escapeSnippet(found.text);
        return found.cursor === 'before' ? `$0${text}` : `${text}$0`;
      }),
    );
  },
};

/** The client asks for what closes tags (`experimental.closeTag`): an edit on typing would leave its cursor behind the end tag. */
export function asksToCloseTags({ client }: RequestContext): boolean {
  return valueIn(client.experimental, 'closeTag') === true;
}

/** Inlay hints, each kind as the user wants it. */
import { type InlayHint, InlayHintRefreshRequest } from 'vscode-languageserver';
import { inlayHints as hintsOf } from '../../features/inlayHints/inlayHints.ts';
import { toRange } from '../convert.ts';
import { guarded } from '../guard.ts';
import type { RequestGroup } from './requestGroup.ts';

export const inlayHints: RequestGroup = {
  capabilities: () => ({ inlayHintProvider: true }),

  listen(context) {
    const { connection, log } = context;
    connection.languages.inlayHint.on(
      guarded(log, 'inlayHint', [], (params): InlayHint[] => {
        const open = context.find(params);
        if (!open) return [];
        const { document, xml } = open;
        const part = { start: document.offsetAt(params.range.start), end: document.offsetAt(params.range.end) };
        return hintsOf(xml, part, { kinds: context.settings.inlayHints }).map(({ offset, label, tooltip, edits }) => ({
          position: document.positionAt(offset),
          label,
          paddingLeft: true,
          ...(tooltip !== undefined && { tooltip }),
          ...(edits && {
            textEdits: edits.map((edit) => ({ range: toRange(document, edit), newText: edit.newText })),
          }),
        }));
      }),
    );
  },

  settingsChanged({ client, connection }) {
    if (client.workspace?.inlayHint?.refreshSupport) void connection.sendRequest(InlayHintRefreshRequest.type);
  },
};

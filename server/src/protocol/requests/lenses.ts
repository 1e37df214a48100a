/** Lenses: counted when they come into view, as those on what the host has ask the files of the workspace. */
import { type CodeLens, CodeLensRefreshRequest } from 'vscode-languageserver';
import { codeLenses, lensTitle } from '../../features/codeLenses.ts';
import { referencesIn } from '../../features/navigation.ts';
import { toRange } from '../convert.ts';
import { guarded, guardedAsync } from '../guard.ts';
import { valueIn } from '../settings.ts';
import { mentionsAt } from '../workspace/named.ts';
import type { RequestContext, RequestGroup } from './requestGroup.ts';

export const lenses: RequestGroup = {
  capabilities: () => ({ codeLensProvider: { resolveProvider: true } }),

  listen(context) {
    const { connection, log } = context;
    connection.onCodeLens(
      guarded(log, 'codeLens', [], (params): CodeLens[] => {
        const open = context.settings.codeLens ? context.find(params) : undefined;
        if (!open) return [];
        const { document, xml } = open;
        return codeLenses(xml).map((site) => ({ range: toRange(document, site), data: { uri: document.uri } }));
      }),
    );

    connection.onCodeLensResolve((lens) =>
      guardedAsync(log, 'codeLens/resolve', lens, () => resolved(context, lens))(lens),
    );
  },

  settingsChanged({ client, connection, log }) {
    if (!client.workspace?.codeLens?.refreshSupport) return;
    connection
      .sendRequest(CodeLensRefreshRequest.type)
      .catch((fault) => log.error(`refreshing lenses: ${String(fault)}`));
  },
};

async function resolved(context: RequestContext, lens: CodeLens): Promise<CodeLens> {
  const uri = valueIn(lens.data, 'uri');
  if (typeof uri !== 'string') return lens;
  const at = { textDocument: { uri }, position: lens.range.start };
  const references = referencesIn(await mentionsAt(context, at), false);
  const places = references.map(({ uri, range }) => ({ uri, range }));
  return {
    ...lens,
    command: {
      title: lensTitle(places.length),
      // A client that has no command for it shows the words alone.
      command: context.showReferences ?? '',
      arguments: [uri, lens.range.start, places],
    },
  };
}

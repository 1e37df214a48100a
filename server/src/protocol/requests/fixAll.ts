/** Everything that nobody needs to think about mended at once, as editors do at each save. */
import type { CodeAction } from 'vscode-languageserver';
import { fixAll as allFixes } from '../../features/fixAll.ts';
import { say } from '../../l10n/say.ts';
import { toWorkspaceEdit } from '../convert.ts';
import type { RequestGroup } from './requestGroup.ts';

const FIX_ALL_KIND = 'source.fixAll.virtlint';

export const fixAll: RequestGroup = {
  capabilities: () => ({}),
  listen: () => undefined,
  codeActions: {
    [FIX_ALL_KIND]: ({ client, check }, { document }): CodeAction[] => {
      const edits = allFixes(document.getText(), (text) => check(text, document.uri));
      if (edits.length === 0) return [];
      const versioned = client.workspace?.workspaceEdit?.documentChanges === true;
      const title = say`Fix all that has one obvious fix`;
      return [{ title, kind: FIX_ALL_KIND, edit: toWorkspaceEdit(document, edits, versioned) }];
    },
  },
};

/** The canonical order of elements, as a source action. */
import type { CodeAction } from 'vscode-languageserver';
import { sortElements } from '../../features/sortElements.ts';
import { say } from '../../l10n/say.ts';
import { toWorkspaceEdit } from '../convert.ts';
import type { RequestGroup } from './requestGroup.ts';

const SORT_KIND = 'source.sortElements';

export const sorting: RequestGroup = {
  capabilities: () => ({}),
  listen: () => undefined,
  codeActions: {
    [SORT_KIND]: ({ client }, { document, xml }): CodeAction[] => {
      const edits = sortElements(xml);
      if (edits.length === 0) return [];
      const versioned = client.workspace?.workspaceEdit?.documentChanges === true;
      const title = say`Sort elements as libvirt prints them`;
      return [{ title, kind: SORT_KIND, edit: toWorkspaceEdit(document, edits, versioned) }];
    },
  },
};

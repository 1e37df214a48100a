/** Rename of what is named under the cursor, in every document that names it; a refusal is told to the user. */
import {
  AnnotatedTextEdit,
  LSPErrorCodes,
  type PrepareRenameResult,
  ResponseError,
  TextDocumentEdit,
  TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { entityName } from '../../features/entity.ts';
import { renameable, renamed, renameEdits } from '../../features/rename.ts';
import { say } from '../../l10n/say.ts';
import { toRange } from '../convert.ts';
import { guardedAsync } from '../guard.ts';
import type { LocatedMention } from '../workspace/mentions.ts';
import { namedAt } from '../workspace/named.ts';
import type { RequestContext, RequestGroup } from './requestGroup.ts';

/** The annotation of edits in other files, which an editor shows before it makes them. */
const OTHER_FILES = 'other-files';

export const rename: RequestGroup = {
  capabilities: ({ textDocument }) => ({
    renameProvider: textDocument?.rename?.prepareSupport ? { prepareProvider: true } : true,
  }),

  listen(context) {
    const { connection, log } = context;
    connection.onPrepareRename(
      guardedAsync(log, 'prepareRename', null, async (params): Promise<PrepareRenameResult | ResponseError | null> => {
        const named = await namedAt(context, params);
        if (!named) return null;
        const { document, xml } = named.open;
        const answer = renameable(xml, named.under, named.elsewhere);
        return answer.ok
          ? { range: toRange(document, answer.span), placeholder: answer.placeholder }
          : refused(answer.problem);
      }),
    );

    connection.onRenameRequest(
      guardedAsync(log, 'rename', null, async (params): Promise<WorkspaceEdit | ResponseError | null> => {
        const named = await namedAt(context, params);
        if (!named) return null;
        const { document, xml } = named.open;
        const answer = renameEdits(xml, named.under, params.newName, named.elsewhere);
        if (!answer.ok) return refused(answer.problem);
        const here = answer.edits.map((edit) => TextEdit.replace(toRange(document, edit), edit.newText));
        const { entity } = named.under;
        const others = named.elsewhere(entity);
        const editOf = (mention: LocatedMention) => TextEdit.replace(mention.range, renamed(mention, params.newName));
        const title = say`Rename ${entityName(entity)} in other files`;
        return workspaceEdit(context, { uri: document.uri, edits: here }, others, editOf, title);
      }),
    );
  },
};

function workspaceEdit(
  { client, versionOf }: RequestContext,
  here: { readonly uri: string; readonly edits: TextEdit[] },
  others: readonly LocatedMention[],
  editOf: (mention: LocatedMention) => TextEdit,
  title: string,
): WorkspaceEdit {
  const uris = [...new Set(others.map(({ uri }) => uri))];
  const editsIn = (wanted: string) => others.filter(({ uri }) => uri === wanted).map(editOf);
  const { documentChanges, changeAnnotationSupport } = client.workspace?.workspaceEdit ?? {};
  if (!documentChanges) {
    return { changes: Object.fromEntries([[here.uri, here.edits], ...uris.map((uri) => [uri, editsIn(uri)])]) };
  }
  const file = (uri: string, edits: TextEdit[]) => TextDocumentEdit.create({ uri, version: versionOf(uri) }, edits);
  if (!changeAnnotationSupport || uris.length === 0) {
    return { documentChanges: [file(here.uri, here.edits), ...uris.map((uri) => file(uri, editsIn(uri)))] };
  }
  const annotated = (uri: string) =>
    editsIn(uri).map(({ range, newText }) => AnnotatedTextEdit.replace(range, newText, OTHER_FILES));
  return {
    documentChanges: [file(here.uri, here.edits), ...uris.map((uri) => file(uri, annotated(uri)))],
    changeAnnotations: {
      [OTHER_FILES]: {
        label: title,
        description: say`What a host has keeps its name until it is defined anew.`,
        needsConfirmation: true,
      },
    },
  };
}

function refused(problem: string): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestFailed, problem);
}

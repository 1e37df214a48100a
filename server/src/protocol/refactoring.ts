/**
 * Refactorings over LSP: a code action carries a command, and the command asks before it edits, because what follows for the guest
 * stands in no preview of an edit. An editor that asks in its own way says `confirmed`.
 */
import {
  type CodeAction,
  CodeActionKind,
  type Connection,
  MessageType,
  ShowMessageRequest,
  type ShowMessageRequestParams,
} from 'vscode-languageserver';
import { refactoringsAt } from '../features/refactorings.ts';
import { say } from '../l10n/say.ts';
import type { Refactoring } from '../refactorings/refactoring.ts';
import { toRange } from './convert.ts';
import type { OpenDocument } from './documents.ts';
import { valueIn } from './settings.ts';

export const REFACTOR_COMMAND = 'virtlint.refactor';

/** What the command needs to find its refactoring again, and what an editor needs to ask by itself. */
interface RefactorArguments {
  readonly uri: string;
  readonly version: number;
  readonly offset: number;
  readonly title: string;
  readonly consequences: readonly string[];
  /** The user has read the consequences and said yes. */
  readonly confirmed?: boolean;
}

export function refactorActions(open: OpenDocument, offset: number): CodeAction[] {
  const { uri, version } = open.document;
  return refactoringsAt(open.xml, offset).map(({ title, consequences }) => {
    const told: RefactorArguments = { uri, version, offset, title, consequences };
    return {
      title: `${title}…`,
      kind: CodeActionKind.RefactorRewrite,
      command: { title, command: REFACTOR_COMMAND, arguments: [told] },
    };
  });
}

/** Asks where nobody has, and edits the document if it is still the one that was spoken of. */
export async function refactor(
  connection: Connection,
  argument: unknown,
  find: (uri: string) => OpenDocument | undefined,
): Promise<void> {
  const wanted = refactorArguments(argument);
  const known = wanted && offered(wanted, find);
  if (!wanted || !known) return tellChanged(connection);
  if (!wanted.confirmed && !(await confirm(connection, known))) return;
  const open = find(wanted.uri);
  const still = open && offered(wanted, find);
  if (!still) return tellChanged(connection);
  const edits = still.edits.map((edit) => ({ range: toRange(open.document, edit), newText: edit.newText }));
  const { applied, failureReason } = await connection.workspace.applyEdit({
    label: still.title,
    edit: { changes: { [wanted.uri]: edits } },
  });
  if (!applied)
    connection.console.warn(`refactoring "${still.title}": ${failureReason ?? say`the editor refused the edit`}`);
}

/** The refactoring, if the document has not changed since it was offered. */
function offered(
  { uri, version, offset, title }: RefactorArguments,
  find: (uri: string) => OpenDocument | undefined,
): Refactoring | undefined {
  const open = find(uri);
  if (!open || open.document.version !== version) return undefined;
  return refactoringsAt(open.xml, offset).find((one) => one.title === title);
}

async function confirm(connection: Connection, { title, consequences }: Refactoring): Promise<boolean> {
  const apply = { title: say`Apply` };
  const question: ShowMessageRequestParams = {
    type: MessageType.Warning,
    message: `${title}? ${consequences.join(' ')}`,
    actions: [apply, { title: say`Cancel` }],
  };
  const answer = await connection.sendRequest(ShowMessageRequest.type, question);
  return answer?.title === apply.title;
}

function tellChanged(connection: Connection): void {
  connection.window.showWarningMessage(say`The document has changed since this was offered: ask for it again.`);
}

/** Checked, as it comes from outside. */
function refactorArguments(given: unknown): RefactorArguments | undefined {
  const [uri, version, offset, title] = ['uri', 'version', 'offset', 'title'].map((key) => valueIn(given, key));
  if (typeof uri !== 'string' || typeof title !== 'string') return undefined;
  if (typeof version !== 'number' || typeof offset !== 'number') return undefined;
  return { uri, version, offset, title, consequences: [], confirmed: valueIn(given, 'confirmed') === true };
}

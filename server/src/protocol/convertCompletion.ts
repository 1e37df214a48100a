/** Completions as LSP's items. */
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Completion } from '../features/completion.ts';

export function toCompletionItem(_document: TextDocument, item: Completion, _index: number, _snippets: boolean): CompletionItem {
  return { label: item.label, kind: CompletionItemKind.Property };
}

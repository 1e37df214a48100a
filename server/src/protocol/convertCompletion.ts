/** Completions as LSP's items. */
import { type CompletionItem, CompletionItemKind, InsertTextFormat } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Completion } from '../features/completion.ts';
import { completionCard } from '../features/completionCard.ts';
import { toRange } from './convert.ts';

const KIND: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  element: CompletionItemKind.Struct,
  attribute: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  'end-tag': CompletionItemKind.Struct,
  snippet: CompletionItemKind.Snippet,
};

/** One item; `index` is its place in the answer, which keeps the grammar's own order. */
export function toCompletionItem(
  document: TextDocument,
  item: Completion,
  index: number,
  snippets: boolean,
): CompletionItem {
  const snippet = snippets ? item.snippet : undefined;
  const card = completionCard(item);
  return {
    label: item.label,
    kind: KIND[item.kind],
    sortText: `${item.rank}${String(index).padStart(4, '0')}`,
    filterText: item.filter,
    ...(item.detail && { detail: item.detail }),
    ...(card !== undefined && { documentation: { kind: 'markdown', value: card } }),
    textEdit: { range: toRange(document, item.edit), newText: snippet ?? item.edit.newText },
    ...(snippet !== undefined && { insertTextFormat: InsertTextFormat.Snippet }),
  };
}

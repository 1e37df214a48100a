/** Outline, and going to a symbol of any document of the workspace. */
import { type DocumentSymbol, type ServerCapabilities, SymbolKind, type WorkspaceSymbol } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { documentSymbols, type DocumentSymbol as Outline, type SymbolRole } from '../../features/symbols.ts';
import { fitsQuery } from '../../features/workspaceSymbols.ts';
import { toRange } from '../convert.ts';
import { guarded, guardedAsync } from '../guard.ts';
import { locatedSymbols } from '../workspace/fileReading.ts';
import type { RequestGroup } from './requestGroup.ts';

const KIND: Readonly<Record<SymbolRole, SymbolKind>> = {
  root: SymbolKind.Class,
  group: SymbolKind.Namespace,
  device: SymbolKind.Object,
  setting: SymbolKind.Property,
  number: SymbolKind.Number,
  text: SymbolKind.String,
  switch: SymbolKind.Boolean,
};

export const symbols: RequestGroup = {
  capabilities: (): ServerCapabilities => ({
    documentSymbolProvider: { label: 'libvirt' },
    workspaceSymbolProvider: true,
  }),

  listen(context) {
    const { connection, log } = context;
    connection.onDocumentSymbol(
      guarded(log, 'documentSymbol', [], (params): DocumentSymbol[] => {
        const open = context.find(params, 'symbols');
        return open ? documentSymbols(open.xml).map((symbol) => toDocumentSymbol(open.document, symbol)) : [];
      }),
    );

    connection.onWorkspaceSymbol(
      guardedAsync(log, 'workspaceSymbol', [], async ({ query }): Promise<WorkspaceSymbol[]> => {
        const open = context.all().flatMap(({ document, xml }) => locatedSymbols(document, xml));
        const files = (await context.filesNotOpen()).flatMap(({ reading }) => reading.symbols);
        return [...open, ...files].filter(({ name }) => fitsQuery(name, query));
      }),
    );
  },
};

function toDocumentSymbol(document: TextDocument, outline: Outline): DocumentSymbol {
  return {
    name: outline.name,
    detail: outline.detail,
    kind: KIND[outline.role],
    range: toRange(document, outline),
    selectionRange: toRange(document, outline.selection),
    children: outline.children.map((inner) => toDocumentSymbol(document, inner)),
  };
}

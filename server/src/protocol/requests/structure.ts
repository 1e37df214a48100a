/** Folding, and selections that grow by the structure of the document. */
import { type FoldingRange, FoldingRangeKind, type SelectionRange } from 'vscode-languageserver';
import { foldingRanges } from '../../features/foldingRanges.ts';
import { selectionRanges } from '../../features/selectionRanges.ts';
import { toRange } from '../convert.ts';
import { guarded } from '../guard.ts';
import type { RequestGroup } from './requestGroup.ts';

const KIND = { element: undefined, comment: FoldingRangeKind.Comment, region: FoldingRangeKind.Region } as const;

export const structure: RequestGroup = {
  capabilities: () => ({ foldingRangeProvider: true, selectionRangeProvider: true }),

  listen(context) {
    const { connection, log } = context;
    connection.onFoldingRanges(
      guarded(log, 'foldingRange', [], (params): FoldingRange[] => {
        const { rangeLimit, foldingRange } = context.client.textDocument?.foldingRange ?? {};
        const open = context.find(params, 'folding');
        const ranges = open ? foldingRanges(open.xml) : [];
        return ranges.slice(0, rangeLimit).map(({ startLine, endLine, kind, collapsedText }) => ({
          startLine,
          endLine,
          ...(KIND[kind] !== undefined && { kind: KIND[kind] }),
          ...(foldingRange?.collapsedText && { collapsedText }),
        }));
      }),
    );

    connection.onSelectionRanges(
      guarded(log, 'selectionRange', [], (params): SelectionRange[] => {
        const open = context.find(params);
        if (!open) return [];
        const { document, xml } = open;
        return params.positions.map((position) => {
          const widestFirst = selectionRanges(xml, document.offsetAt(position)).reverse();
          const range = { range: { start: position, end: position } };
          return (
            widestFirst.reduce<SelectionRange | undefined>(
              (parent, span) => ({ range: toRange(document, span), ...(parent && { parent }) }),
              undefined,
            ) ?? range
          );
        });
      }),
    );
  },
};

/** Laying out: the document, a part of it, while typing. */
import type { FormattingOptions, Range, TextEdit } from 'vscode-languageserver';
import { closing } from '../../features/closingTags.ts';
import { format } from '../../features/formatting/format.ts';
import { formatClosed, indentLine } from '../../features/formatting/onType.ts';
import { type FormattingStyle, styleOf } from '../../features/formatting/style.ts';
import type { TextEdit as Edit } from '../../finding.ts';
import type { Span } from '../../xml/tree.ts';
import { toRange } from '../convert.ts';
import type { OpenDocument } from '../documents.ts';
import { guarded } from '../guard.ts';
import type { RequestGroup } from './requestGroup.ts';
import { asksToCloseTags } from './tags.ts';

export const formatting: RequestGroup = {
  capabilities: () => ({
    documentFormattingProvider: true,
    documentRangeFormattingProvider: { rangesSupport: true },
    documentOnTypeFormattingProvider: { firstTriggerCharacter: '>', moreTriggerCharacter: ['/', '\n'] },
  }),

  listen(context) {
    const { connection, log } = context;
    connection.onDocumentFormatting(
      guarded(log, 'formatting', [], (params): TextEdit[] => {
        const open = context.find(params, 'formatting');
        return open ? toTextEdits(open, format(open.xml, style(params.options))) : [];
      }),
    );

    const formatRanges = (open: OpenDocument | undefined, ranges: readonly Range[], options: FormattingOptions) => {
      if (!open) return [];
      const edits = ranges.flatMap((range) => format(open.xml, style(options), linesOf(open, range)));
      const once = new Map(edits.map((edit) => [edit.start, edit]));
      return toTextEdits(open, [...once.values()]);
    };
    connection.onDocumentRangeFormatting(
      guarded(log, 'rangeFormatting', [], (params) =>
        formatRanges(context.find(params, 'formatting'), [params.range], params.options),
      ),
    );
    connection.onDocumentRangesFormatting(
      guarded(log, 'rangesFormatting', [], (params) =>
        formatRanges(context.find(params, 'formatting'), params.ranges, params.options),
      ),
    );

    connection.onDocumentOnTypeFormatting(
      guarded(log, 'onTypeFormatting', [], (params): TextEdit[] => {
        const open = context.find(params, 'formatting');
        if (!open) return [];
        const { xml, document } = open;
        const offset = document.offsetAt(params.position);
        if (params.ch === '\n') return toTextEdits(open, indentLine(xml, offset, style(params.options)));
        const closed = asksToCloseTags(context) ? undefined : closing(xml, offset);
        if (closed) return toTextEdits(open, [{ start: offset, end: offset, newText: closed.text }]);
        return params.ch === '>' ? toTextEdits(open, formatClosed(xml, offset, style(params.options))) : [];
      }),
    );
  },
};

function style({ tabSize, insertSpaces }: FormattingOptions): FormattingStyle {
  return styleOf(tabSize, insertSpaces);
}

function toTextEdits({ document }: OpenDocument, edits: readonly Edit[]): TextEdit[] {
  return edits.map((edit) => ({ range: toRange(document, edit), newText: edit.newText }));
}

/** Whole lines: one lays out lines, not parts of them. A range that ends before the first character of a line does not touch that. */
function linesOf({ document }: OpenDocument, { start, end }: Range): Span {
  const lastLine = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return {
    start: document.offsetAt({ line: start.line, character: 0 }),
    end: document.offsetAt({ line: lastLine + 1, character: 0 }) - 1,
  };
}

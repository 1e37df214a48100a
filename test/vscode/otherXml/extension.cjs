/**
 * Stands in for redhat.vscode-xml beside our extension. It gives what that one gives for files of language `xml`, with answers that
 * tell where they come from, but only between `begin` and `end`: other tests have the editor to themselves.
 */
const vscode = require('vscode');

const mark = 'of the stand-in';

function begin() {
  const { languages } = vscode;
  const top = new vscode.Range(0, 0, 0, 1);
  const edits = [vscode.TextEdit.insert(new vscode.Position(0, 0), `<!-- ${mark} -->`)];
  const providers = vscode.Disposable.from(
    languages.registerDocumentSymbolProvider('xml', {
      provideDocumentSymbols: () => [new vscode.DocumentSymbol(mark, '', vscode.SymbolKind.Object, top, top)],
    }),
    languages.registerFoldingRangeProvider('xml', {
      provideFoldingRanges: () => [new vscode.FoldingRange(0, 1, vscode.FoldingRangeKind.Region)],
    }),
    languages.registerDocumentFormattingEditProvider('xml', { provideDocumentFormattingEdits: () => edits }),
    languages.registerLinkedEditingRangeProvider('xml', {
      provideLinkedEditingRanges: () => new vscode.LinkedEditingRanges([top]),
    }),
  );
  return { end: () => providers.dispose() };
}

exports.activate = () => ({ begin, mark });

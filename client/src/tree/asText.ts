/** Tooltips of text that comes from elsewhere: nothing in it is Markdown. */
import * as vscode from 'vscode';

/** The lines, the first as a heading would be. */
export function asText(lines: readonly string[]): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  for (const line of lines) tooltip.appendText(line).appendMarkdown('\n\n');
  return tooltip;
}

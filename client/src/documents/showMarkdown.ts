/** Shows a Markdown document as it is meant to look. */
import * as vscode from 'vscode';

/** In VS Code's own preview, or as text where that has been switched off. */
export async function showMarkdown(uri: vscode.Uri): Promise<void> {
  const commands = await vscode.commands.getCommands(true);
  if (commands.includes('markdown.showPreview')) await vscode.commands.executeCommand('markdown.showPreview', uri);
  else await vscode.window.showTextDocument(uri);
}

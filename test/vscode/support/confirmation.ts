/** The question above the editor whose first answer, which Enter alone gives, leaves everything as it is. */
import * as vscode from 'vscode';

/**
 * Chooses the second answer if the question is there, else nothing. Both commands leave for the window at once: with a wait between them the
 * question could come up in it, and Enter alone would be the answer.
 */
export async function chooseVerb(): Promise<void> {
  const commands = ['workbench.action.quickOpenSelectNext', 'workbench.action.acceptSelectedQuickOpenItem'];
  await Promise.all(commands.map((command) => vscode.commands.executeCommand(command)));
}

/** The commands of the manifest: each wakes the rest of the extension, which registers the same again, and is run there. */
import * as vscode from 'vscode';

/** To be disposed of before the real ones are registered. */
export function awaitedCommands(
  { packageJSON }: vscode.Extension<unknown>,
  wake: () => Promise<unknown>,
): vscode.Disposable {
  const commands: readonly { command: string }[] = packageJSON.contributes.commands;
  const registrations = commands.map(({ command }) =>
    vscode.commands.registerCommand(command, async (...given: unknown[]) => {
      await wake();
      return vscode.commands.executeCommand(command, ...given);
    }),
  );
  return vscode.Disposable.from(...registrations);
}

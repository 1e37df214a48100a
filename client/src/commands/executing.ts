/** Registers commands that reach a host: in an untrusted workspace none of them runs, and none of them throws at the user. */
import * as vscode from 'vscode';
import type { ClientContext } from '../context.ts';
import { reportFault } from '../report.ts';
import { mayExecute } from '../trust.ts';

/** `given` is what VS Code hands over: the node of the Hosts view and all selected ones, the URI of an editor, or what another command says. */
export function executing<Arguments extends unknown[]>(
  context: ClientContext,
  id: string,
  command: (context: ClientContext, ...given: Arguments) => Promise<unknown>,
): void {
  const run = async (...given: Arguments): Promise<unknown> => {
    if (!mayExecute()) return undefined;
    try {
      return await command(context, ...given);
    } catch (fault) {
      reportFault(context, fault);
      return undefined;
    }
  };
  context.extension.subscriptions.push(vscode.commands.registerCommand(id, run));
}

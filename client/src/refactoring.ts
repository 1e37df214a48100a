/** Refactorings ask here, where there is room for what follows, and not in a notification as in other editors. */
import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';

export const confirmRefactoring: Middleware['executeCommand'] = async (command, given, next) => {
  const [told] = given;
  if (command !== 'virtlint.refactor' || !isTold(told)) return next(command, given);
  const detail = told.consequences.map((one) => `• ${one}`).join('\n\n');
  const answer = await vscode.window.showWarningMessage(`${told.title}?`, { modal: true, detail }, 'Apply');
  return answer === 'Apply' ? next(command, [{ ...told, confirmed: true }]) : undefined;
};

function isTold(told: unknown): told is { readonly title: string; readonly consequences: readonly string[] } {
  return typeof told === 'object' && told !== null && 'title' in told && 'consequences' in told;
}

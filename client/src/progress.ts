/** A long operation with a notification that can cancel it. */
import * as vscode from 'vscode';

export type Step = (message: string, percent?: number) => void;

/** Runs work under a notification; its button aborts the signal. */
export function withProgress<T>(title: string, work: (signal: AbortSignal, step: Step) => Promise<T>): Promise<T> {
  const location = vscode.ProgressLocation.Notification;
  return Promise.resolve(
    vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      return work(abort.signal, (message, percent) =>
        progress.report({ message, ...(percent !== undefined && { increment: percent }) }),
      );
    }),
  );
}

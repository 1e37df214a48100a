/** A long operation with a notification that can cancel it. */
import * as vscode from 'vscode';

/** Says what is being done now, and how much of all is done: from 0 to 1. */
export type Step = (message: string, fraction?: number) => void;

/** Runs work under a notification; its button aborts the signal. */
export function withProgress<T>(title: string, work: (signal: AbortSignal, step: Step) => Promise<T>): Promise<T> {
  const location = vscode.ProgressLocation.Notification;
  return Promise.resolve(
    vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      let percent = 0;
      return work(abort.signal, (message, fraction) => {
        const now = fraction === undefined ? percent : Math.max(percent, fraction * 100);
        progress.report({ message, increment: now - percent });
        percent = now;
      });
    }),
  );
}

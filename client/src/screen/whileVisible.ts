/** Work that goes on while a tab can be seen, and rests while it cannot. */
import type { WebviewPanel } from 'vscode';

/**
 * Calls `step` again and again while the panel is visible, each time the milliseconds after its end that it says. The signal is aborted when
 * the panel hides or closes.
 */
export function whileVisible(panel: WebviewPanel, step: (signal: AbortSignal) => Promise<number>): void {
  let resting = new AbortController();
  resting.abort();
  const goOn = async ({ signal }: AbortController): Promise<void> => {
    while (!signal.aborted) {
      const milliseconds = await step(signal);
      if (!signal.aborted) await wait(milliseconds, signal);
    }
  };
  const look = (): void => {
    if (panel.visible && resting.signal.aborted) {
      resting = new AbortController();
      void goOn(resting);
    } else if (!panel.visible) resting.abort();
  };
  panel.onDidChangeViewState(look);
  panel.onDidDispose(() => resting.abort());
  look();
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

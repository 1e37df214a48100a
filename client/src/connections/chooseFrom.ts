/** A list to choose from that opens at once and is filled when a host has answered. */
import * as vscode from 'vscode';
import { tell } from '../notify.ts';

export interface ListQuestion {
  readonly title: string;
  readonly placeholder: string;
  /** Stands there until the list has come. */
  readonly waiting: string;
  /** Told when the list is empty. */
  readonly nothing: string;
}

/** Asks. Escape also ends the waiting: it aborts the signal. A list that could not be loaded is undefined, and has been reported. */
export async function chooseFrom<Item extends vscode.QuickPickItem>(
  { title, placeholder, waiting, nothing }: ListQuestion,
  load: (signal: AbortSignal) => Promise<readonly Item[] | undefined>,
): Promise<Item | undefined> {
  const picker = vscode.window.createQuickPick<Item>();
  const leaving = new AbortController();
  const hidden = new Promise<undefined>((resolve) => picker.onDidHide(() => resolve(undefined)));
  const accepted = new Promise<Item>((resolve) =>
    picker.onDidAccept(() => {
      const [item] = picker.selectedItems;
      if (item) resolve(item);
    }),
  );
  // A login may ask in a window of its own, and what a notification gives back to the editor is no answer.
  Object.assign(picker, { title, placeholder: waiting, busy: true, ignoreFocusOut: true });
  picker.show();
  try {
    const items = await Promise.race([load(leaving.signal), hidden]);
    if (!items) return undefined;
    if (items.length === 0) {
      tell('information', nothing);
      return undefined;
    }
    Object.assign(picker, { items, placeholder, busy: false });
    return await Promise.race([accepted, hidden]);
  } finally {
    leaving.abort();
    picker.dispose();
  }
}

/** The preview of a definition: the difference that is shown, and the answers to its question. */
import * as vscode from 'vscode';
import { chooseVerb } from './confirmation.ts';

/** The difference between what a host has and what is to be defined, while it is open. */
export function difference(): vscode.TabInputTextDiff | undefined {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs.map(({ input }) => input))
    .filter((input) => input instanceof vscode.TabInputTextDiff)
    .find(({ modified }) => /to be defined/.test(modified.path));
}

/** Chooses "Replace", the second answer, for as long as the question stands. The question comes a moment after the difference. */
export function answered<T>(asking: Thenable<T>): Promise<T> {
  let looks = 0;
  const choose = async (): Promise<void> => {
    looks = difference() ? looks + 1 : 0;
    if (looks < 2) return;
    await chooseVerb();
  };
  const choosing = setInterval(() => void choose(), 1000);
  return Promise.resolve(asking).finally(() => clearInterval(choosing));
}

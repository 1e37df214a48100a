/**
 * What the user is told and asked. Names of VMs, hosts and files come from elsewhere: VS Code would show `[text](command:…)` in a notification
 * as a link, so here they stay text.
 */
import * as vscode from 'vscode';

/** A button of a notification. */
export interface Action {
  readonly title: string;
  readonly run: () => unknown;
}

type Weight = 'error' | 'warning' | 'information';

const SHOWN_MILLISECONDS = 8000;

/** Tells something in a notification, without waiting for it to be read. */
export function tell(weight: Weight, message: string, ...actions: readonly Action[]): void {
  void show(weight, message, actions).then((chosen) => chosen?.run());
}

/** Asks in a notification, so that what the question is about can be read beside it. Closing it is undefined. */
export async function ask(weight: Weight, message: string, ...answers: readonly string[]): Promise<string | undefined> {
  return (await show(weight, message, answers.map(asItem)))?.title;
}

export interface Beside {
  readonly detail?: string;
  /** What the question is about, to be read and searched below the answers; choosing one of them answers nothing. */
  readonly beside?: readonly vscode.QuickPickItem[];
}

/**
 * Asks above the editor, so that what the question is about can be read and scrolled for as long as it takes: a notification hides itself
 * after some seconds. Enter alone changes nothing.
 */
export async function confirmBeside(
  question: string,
  verb: string,
  { detail, beside = [] }: Beside = {},
): Promise<boolean> {
  const leave = { label: vscode.l10n.t('Leave Everything as It Is') };
  const yes = { label: verb };
  const heading = { label: vscode.l10n.t('What changes'), kind: vscode.QuickPickItemKind.Separator };
  const below = beside.map((item) => ({ ...item, label: withoutIcons(item.label) }));
  const items = [leave, yes, ...(below.length > 0 ? [heading, ...below] : [])];
  const options = { title: withoutIcons(question), placeHolder: detail ?? question, ignoreFocusOut: true };
  for (;;) {
    const chosen = await vscode.window.showQuickPick<vscode.QuickPickItem>(items, options);
    if (chosen === undefined || chosen === leave || chosen === yes) return chosen === yes;
  }
}

/** Asks in a dialog that stops everything; its button repeats the verb. */
export async function confirm(message: string, verb: string, detail?: string): Promise<boolean> {
  const options = { modal: true, ...(detail === undefined ? {} : { detail }) };
  return (await vscode.window.showWarningMessage(message, options, verb)) === verb;
}

/** Says in the status bar that something is done: nobody has to act on it. */
export function mention(message: string): void {
  vscode.window.setStatusBarMessage(withoutIcons(message), SHOWN_MILLISECONDS);
}

/** Text for a label in which VS Code would draw `$(name)` as an icon. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '\\$(');
}

function show<Item extends vscode.MessageItem>(
  weight: Weight,
  message: string,
  items: readonly Item[],
): Thenable<Item | undefined> {
  const text = withoutLinks(message);
  if (weight === 'error') return vscode.window.showErrorMessage(text, ...items);
  if (weight === 'warning') return vscode.window.showWarningMessage(text, ...items);
  return vscode.window.showInformationMessage(text, ...items);
}

const asItem = (title: string): vscode.MessageItem => ({ title });

/** A space of no width between `]` and `(` is enough. */
function withoutLinks(text: string): string {
  return text.replaceAll('](', ']\u200b(');
}

/** Questions one after the other, with a way back. */
import * as vscode from 'vscode';

/** Where a question stands among the others. */
export interface Where {
  readonly title: string;
  readonly canGoBack: boolean;
}

export type Reply<T> = { readonly value: T } | 'back' | undefined;

export interface Step<State> {
  /** A question may depend on what was answered before. */
  readonly isAsked?: (state: State) => boolean;
  readonly ask: (state: State, where: Where) => Promise<Reply<State>>;
}

/** What follows from an answer, where there is one. */
export function then<T, State>(reply: Reply<T>, next: (value: T) => State): Reply<State> {
  return reply === undefined || reply === 'back' ? reply : { value: next(reply.value) };
}

/** Asks all that is to be asked. Undefined: the user turned away. */
export async function askSteps<State>(
  title: string,
  steps: readonly Step<State>[],
  start: State,
): Promise<State | undefined> {
  const answered: { readonly at: number; readonly state: State }[] = [];
  let state = start;
  for (let at = 0; at < steps.length; ) {
    const step = steps[at];
    if (!step || step.isAsked?.(state) === false) {
      at++;
      continue;
    }
    const where = { title: `${title} (${at + 1}/${steps.length})`, canGoBack: answered.length > 0 };
    const reply = await step.ask(state, where);
    if (reply === undefined) return undefined;
    if (reply === 'back') {
      const last = answered.pop();
      if (last) ({ at, state } = last);
    } else {
      answered.push({ at, state });
      state = reply.value;
      at++;
    }
  }
  return state;
}

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

export function choose<T>(
  { title, canGoBack }: Where,
  placeholder: string,
  items: readonly Choice<T>[],
): Promise<Reply<T>> {
  const picker = vscode.window.createQuickPick<Choice<T>>();
  Object.assign(picker, { title, placeholder, items, matchOnDescription: true });
  return answer(picker, canGoBack, () => {
    const [item] = picker.selectedItems;
    return item && { value: item.value };
  });
}

export interface Typing {
  readonly prompt: string;
  readonly value: string;
  /** What is wrong with it, or undefined. */
  readonly problem: (typed: string) => string | undefined;
}

export function type({ title, canGoBack }: Where, { prompt, value, problem }: Typing): Promise<Reply<string>> {
  const box = vscode.window.createInputBox();
  Object.assign(box, { title, prompt, value });
  const judge = (): string | undefined => problem(box.value.trim());
  box.onDidChangeValue(() => {
    box.validationMessage = judge();
  });
  return answer(box, canGoBack, () => {
    box.validationMessage = judge();
    return box.validationMessage === undefined ? { value: box.value.trim() } : undefined;
  });
}

type Input = vscode.QuickInput & {
  buttons: readonly vscode.QuickInputButton[];
  readonly onDidAccept: vscode.Event<void>;
  readonly onDidTriggerButton: vscode.Event<vscode.QuickInputButton>;
};

/** Shows an input until there is an answer; @param read undefined where what stands there is none */
function answer<T>(input: Input, canGoBack: boolean, read: () => Reply<T>): Promise<Reply<T>> {
  input.ignoreFocusOut = true;
  input.buttons = canGoBack ? [vscode.QuickInputButtons.Back] : [];
  return new Promise((resolve) => {
    const end = (reply: Reply<T>): void => {
      resolve(reply);
      input.dispose();
    };
    input.onDidTriggerButton(() => end('back'));
    input.onDidAccept(() => {
      const reply = read();
      if (reply !== undefined) end(reply);
    });
    input.onDidHide(() => end(undefined));
    input.show();
  });
}

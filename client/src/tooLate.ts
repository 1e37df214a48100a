/** Cancelling what libvirt does not stop once it has begun: who cancels is told so, and how it ends. */
import * as vscode from 'vscode';
import { mention, tell } from './notify.ts';

export interface LateCancelling {
  /** To be called when somebody cancels too late. */
  readonly onTooLate: () => void;
  /** Says that it is done: where it was cancelled, so that it is seen. */
  readonly tellDone: (message: string) => void;
}

/** `name` is the VM's. */
export function lateCancelling(name: string): LateCancelling {
  let isTooLate = false;
  return {
    onTooLate: () => {
      isTooLate = true;
      const message = vscode.l10n.t(
        'libvirt has begun with {0}, and cannot be stopped in this. You will be told how it ends.',
        name,
      );
      tell('information', message);
    },
    tellDone: (message) => {
      if (isTooLate) tell('information', message);
      else mention(message);
    },
  };
}

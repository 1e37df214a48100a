/** A virsh command as data: what to pass, how to read the answer. Building one starts nothing; a runner does (runner.ts). */

/** Which queue of a connection a command waits in: reading runs side by side, changes one after the other, copies of disks apart. */
export type Lane = 'read' | 'change' | 'transfer';

export interface VirshCommand<T> {
  /** The arguments after virsh's own: `['start', '--domain=vm1']`. Passed as they are; no shell sees them locally. */
  readonly args: readonly string[];
  /** A document that virsh reads from a file; the runner puts it somewhere safe and adds `OPTION=PATH`. */
  readonly document?: { readonly option: '--file'; readonly text: string };
  /** Reads standard output, and standard error where that matters. Throws `UnexpectedOutput` for text that virsh does not print. */
  readonly parse: (output: string, errorOutput?: string) => T;
  readonly lane: Lane;
  readonly timeoutMilliseconds: number;
  /**
   * Once begun, libvirt carries it out whoever waits for it: stopping virsh would lose the answer and stop nothing else. A signal is heeded only
   * until then.
   */
  readonly runsToItsEnd?: true;
  /** Ends what its own lane waits for, so it takes its turn among those that read. */
  readonly isUrgent?: true;
}

/** Standard output that does not have the form that virsh gives it. */
export class UnexpectedOutput extends Error {}

const second = 1000;
const hour = 3600 * second;

const timeouts: Readonly<Record<Lane, number>> = {
  read: 30 * second,
  // Starting a guest with much memory, or the first start after boot, can take the better part of a minute.
  change: 120 * second,
  transfer: 24 * hour,
};

export function readCommand<T>(args: readonly string[], parse: VirshCommand<T>['parse']): VirshCommand<T> {
  return { args, parse, lane: 'read', timeoutMilliseconds: timeouts.read };
}

/** A command that changes the host; what it prints is for people and not read. */
export function changeCommand(args: readonly string[]): VirshCommand<void> {
  return { args, parse: () => undefined, lane: 'change', timeoutMilliseconds: timeouts.change };
}

/** A command that copies a disk on the host. */
export function transferCommand(args: readonly string[]): VirshCommand<void> {
  return { args, parse: () => undefined, lane: 'transfer', timeoutMilliseconds: timeouts.transfer };
}

/**
 * `--NAME=VALUE` as one argument: the only form in which virsh takes a value that starts with a dash, that is empty or that looks like
 * another option. It needs no quoting: virsh splits its arguments at no character.
 */
export function option(name: string, value: string): string {
  return `--${name}=${value}`;
}

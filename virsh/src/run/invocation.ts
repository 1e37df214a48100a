/** A command made ready for this machine: what to start, with which arguments. */
import type { VirshCommand } from '../command.ts';
import type { VirshFailure } from '../failures/explain.ts';
import type { Result } from '../result.ts';

export interface InvocationRequest extends Pick<VirshCommand<unknown>, 'args' | 'document'> {
  readonly mode?: Mode;
}

/**
 * What standard input and output are. `command`: input closed or the document. `send` and `receive`: the caller's stream, which virsh opens as
 * /dev/stdin or /dev/stdout; with `from-pipe` and `to-pipe` that is a pipe of the system, which has such a name. `watch`: a line that keeps a command without an end alive, and ends it when it breaks, so that it outlives us on no
 * machine.
 */
export type Mode = 'command' | 'send' | 'receive' | 'from-pipe' | 'to-pipe' | 'watch';

export interface Invocation {
  readonly executable: string;
  readonly args: readonly string[];
  /** What a person would type for the same, without the means of sharing a connection. */
  readonly commandLine: string;
  readonly input?: string;
  /** Stands before virsh's output, on a line of its own; undefined where nothing else can print. */
  readonly marker?: string;
  /** Removes what was made for the command. */
  readonly dispose: () => Promise<void>;
}

/** Makes commands ready for one connection. The error says what is missing on this machine, or why the host cannot be reached. */
export type Invoker = (
  request: InvocationRequest,
  signal: AbortSignal | undefined,
) => Promise<Result<Invocation, Pick<VirshFailure, 'kind' | 'message'> & Partial<VirshFailure>>>;

const send = 'cat | "$@"';
const receive = 'exec 3>&1; r=$({ { "$@" </dev/null; echo $? >&4; } | cat >&3; } 4>&1); exit $r';

/**
 * Shell scripts that run their arguments as a command. What we and sshd give a command as input and output may be a socket, which cannot be
 * opened by the name /dev/stdin: `cat` puts a pipe in its place, and the command's exit code is kept.
 */
export const scripts: Readonly<Record<Exclude<Mode, 'command'>, string>> = {
  send,
  receive,
  // On another machine sshd stands between.
  'from-pipe': send,
  'to-pipe': receive,
  watch: 'exec 3<&0; "$@" </dev/null 3<&- & p=$!; { cat <&3; kill $p; } >/dev/null 2>&1 & wait $p',
};

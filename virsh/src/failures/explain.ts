/** What went wrong with a virsh command, in words for the person who gave it. */
import { say } from '../../../server/src/l10n/say.ts';
import { withoutSecrets } from '../audit/secrets.ts';
import { hasCrashed, type ProcessEnd } from '../run/process.ts';
import type { FailurePlace } from './entry.ts';
import { failureTable } from './table.ts';

export type FailureKind =
  // The way to the host.
  | 'host-unreachable'
  | 'name-unknown'
  | 'host-key-unknown'
  | 'host-key-changed'
  | 'login-refused'
  | 'login-text'
  | 'ssh-missing'
  | 'virsh-missing'
  | 'proxy-missing'
  // libvirt itself.
  | 'permission'
  | 'daemon-down'
  | 'daemon-lost'
  | 'bad-uri'
  | 'busy'
  | 'read-only'
  // What was asked for.
  | 'not-well-formed'
  | 'schema'
  | 'exists'
  | 'not-found'
  | 'already-running'
  | 'not-running'
  | 'in-use'
  | 'no-space'
  // Found out by virtlint before it changed anything.
  | 'changed-meanwhile'
  | 'unsupported'
  | 'refused'
  // It is done, and what came of it is not known.
  | 'not-read-back'
  // The run.
  | 'timeout'
  | 'cancelled'
  | 'too-much-output'
  | 'crashed'
  | 'unexpected-output'
  | 'other';

export interface VirshFailure {
  readonly kind: FailureKind;
  /** One or two sentences: what happened, and what to do about it. */
  readonly message: string;
  /** The command as a shell would take it, for the log. */
  readonly commandLine: string;
  /** Null where a signal ended the command, or where it never started. */
  readonly exitCode: number | null;
  /** Nothing has begun: it was cancelled before its turn came, or there was no way to the host. */
  readonly neverStarted?: true;
  /** As printed, without passwords; for the log. */
  readonly stderr: string;
  /** What in the definition it is about; locate.ts finds it there. */
  readonly place?: FailurePlace;
}

/** How a command ended that did not succeed. */
export interface FailedRun {
  readonly end: ProcessEnd;
  readonly exitCode: number | null;
  readonly stderr: string;
  readonly commandLine: string;
  /** What the user calls the connection. */
  readonly connection: string;
  readonly timeoutMilliseconds: number;
}

/** Passwords that were printed are in no part of the failure. */
export function explainFailure(failed: FailedRun): VirshFailure {
  const { exitCode } = failed;
  const stderr = withoutSecrets(failed.stderr);
  const commandLine = withoutSecrets(failed.commandLine);
  return { ...explain({ ...failed, stderr, commandLine }), commandLine, exitCode, stderr };
}

function explain(run: FailedRun): Pick<VirshFailure, 'kind' | 'message' | 'place'> {
  if (run.end === 'cancelled') return { kind: 'cancelled', message: say`Cancelled.` };
  if (run.end === 'output-limit') {
    return {
      kind: 'too-much-output',
      message: say`${run.connection} answered with more text than virsh can mean; it was stopped.`,
    };
  }
  if (run.end === 'timeout') {
    const seconds = Math.round(run.timeoutMilliseconds / 100) / 10;
    return {
      kind: 'timeout',
      message: say`${run.connection} did not answer within ${seconds} s. Check that the host is up and reachable, then try again.`,
    };
  }
  const said = beginningAndEnd(wordsOf(run));
  for (const { pattern, kind, message, place } of failureTable) {
    const found = pattern.exec(said);
    if (!found) continue;
    const filled = fill(String(message), run.connection, found).trim();
    return { kind, message: filled, ...(place ? { place: fillPlace(place, found) } : {}) };
  }
  if (hasCrashed(run) && !/^error: /m.test(run.stderr)) {
    return {
      kind: 'crashed',
      message: say`virsh crashed before it said how the command for ${run.connection} had ended. Look there at what has been done.`,
    };
  }
  return { kind: 'other', message: lastLine(run) };
}

/** virsh that writes to a daemon which has gone is ended by the broken pipe (128 + SIGPIPE) before it can say so. */
const BROKEN_PIPE = 141;

function wordsOf({ stderr, exitCode }: FailedRun): string {
  return stderr.trim() === '' && exitCode === BROKEN_PIPE ? 'error: client socket is closed' : stderr;
}

/** Longer messages than this are none of libvirt's; what a host prints must not keep the patterns busy. */
const longestMessage = 4096;

function beginningAndEnd(text: string): string {
  return text.length <= longestMessage
    ? text
    : `${text.slice(0, longestMessage / 2)}\n${text.slice(-longestMessage / 2)}`;
}

/** `{connection}` and `$1`, `$2` in a sentence of the table. */
function fill(message: string, connection: string, found: RegExpExecArray): string {
  return message.replace(/\{connection\}|\$(\d)/g, (_whole, group: string | undefined) =>
    group === undefined ? connection : (found[Number(group)] ?? '').trim().replace(/\.$/, ''),
  );
}

function fillPlace(place: FailurePlace, found: RegExpExecArray): FailurePlace {
  if ('line' in place) return { line: fill(place.line, '', found) };
  const at = place.at.map((path) => fill(path, '', found));
  return place.value === undefined ? { at } : { at, value: fill(place.value, '', found) };
}

/** virsh's own last word: it names the cause last. */
function lastLine({ stderr, exitCode, connection }: FailedRun): string {
  const line = stderr
    .split(/\r?\n/)
    .map((text) => text.trim())
    .findLast((text) => text !== '');
  if (line !== undefined) return line.replace(/^error: /, '');
  return say`The command ended with exit code ${exitCode ?? say`none`} and without a message from ${connection}.`;
}

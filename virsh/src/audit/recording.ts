/**
 * The hook that every command passes which changes something: the runner and the streams of a host open a recording for it, so that no command
 * has to think of it.
 */
import type { VirshFailure } from '../failures/explain.ts';
import type { Result } from '../result.ts';
import { type Change, changeOf } from './change.ts';
import { isLooking } from './reading.ts';

/** Where commands that change something are written down. Nothing that it is given contains a secret. */
export interface Audit {
  /** A command starts: what would be lost if this process ended now. Returns what is to be called at its end. */
  begin(start: AuditStart): (end: AuditEnd) => void;
}

export interface AuditStart {
  /** What the user calls the connection. */
  readonly host: string;
  /** As a shell would take it. */
  readonly commandLine: string;
  readonly change: Change;
}

export interface AuditEnd {
  /** `ok`, or the kind of the failure. */
  readonly outcome: string;
  /** Null where a signal ended the command. */
  readonly exitCode: number | null;
  readonly milliseconds: number;
  readonly stderr: string;
}

interface Recorded {
  readonly args: readonly string[];
  readonly document?: { readonly text: string };
}

export interface Recording {
  /** The command starts; one that is given again, because the host was busy, is the same one. */
  readonly begins: (commandLine: string) => void;
  /** Hands the result on. A command that never started is not written down: it changed nothing. */
  readonly ends: <T>(result: Result<T, VirshFailure>) => Result<T, VirshFailure>;
}

/** Nothing is recorded of a command that only looks, or without an audit. */
export function recordingOf(audit: Audit | undefined, host: string, command: Recorded): Recording {
  const isChange = !isLooking(command.args);
  let end: ((end: AuditEnd) => void) | undefined;
  let started = 0;
  return {
    begins: (commandLine) => {
      if (!audit || !isChange || end) return;
      started = performance.now();
      end = audit.begin({ host, commandLine, change: changeOf(command) });
    },
    ends: (result) => {
      const milliseconds = Math.round(performance.now() - started);
      if (result.ok) end?.({ outcome: 'ok', exitCode: 0, milliseconds, stderr: '' });
      else {
        const { kind, exitCode, stderr } = result.error;
        end?.({ outcome: kind, exitCode, milliseconds, stderr });
      }
      return result;
    },
  };
}

/**
 * libvirt's embedded driver may crash while virsh closes it, when the command has long been done (seen with libvirt 9.0 and a running guest: 4 of
 * 200 commands on a busy machine). What only reads is asked again. What changes something is not: virsh's own timing, which it prints after a
 * command, says that it was done.
 */
import { hasCrashed, type ProcessOutcome } from './process.ts';

/** Has virsh print how long a command took, after it and whether or not it failed. */
export const timingOption = '--timing';

const timing = /\r?\n\(Time: [\d.]+ ms\)\s*$/;

/** Says whether a URI names a driver that lives inside the process that asks for it. */
export function isEmbedded(uri: string): boolean {
  return /^[^:]+:\/\/\/embed\b/.test(uri);
}

/** How a command that was given with the timing option ended, whatever became of virsh after it. */
export function endOfTimedCommand(outcome: ProcessOutcome): ProcessOutcome {
  const stdout = outcome.stdout.replace(timing, '');
  const wasDone = stdout !== outcome.stdout;
  if (!hasCrashed(outcome) || !wasDone) return { ...outcome, stdout };
  return { ...outcome, stdout, exitCode: /^error: /m.test(outcome.stderr) ? 1 : 0 };
}

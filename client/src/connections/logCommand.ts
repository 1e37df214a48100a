/** How a command sent to a host stands in the log. */
import type { LogEntry } from '../../../virsh/src/index.ts';
import type { Log } from '../log.ts';

/** One line a command; its error text below it. */
export function logCommand(log: Log, { connection, commandLine, exitCode, milliseconds, stderr }: LogEntry): void {
  const outcome = exitCode === 0 ? 'ok' : exitCode === null ? 'stopped' : `exit ${exitCode}`;
  log.info(`[${connection}] ${commandLine} (${outcome}, ${milliseconds} ms)`);
  if (stderr.trim() !== '') log.info(stderr.trimEnd());
}

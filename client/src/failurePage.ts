/** All that is known of a failure, to read and to hand on: what it means, the command, and what it printed. */
import type { VirshFailure } from '../../virsh/src/index.ts';

export function failurePage({ message, commandLine, exitCode, stderr }: VirshFailure): string {
  const parts = [message];
  if (commandLine !== '')
    parts.push(
      exitCode === null
        ? 'The command, which ended without an exit status:'
        : `The command, which ended with ${exitCode}:`,
      commandLine,
    );
  if (stderr.trim() !== '') parts.push('What it printed, without passwords:', stderr.trimEnd());
  return `${parts.join('\n\n')}\n`;
}

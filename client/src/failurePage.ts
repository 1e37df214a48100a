/** All that is known of a failure, to read and to hand on: what it means, the command, and what it printed. */
import { say } from '../../server/src/l10n/say.ts';
import type { VirshFailure } from '../../virsh/src/index.ts';

export function failurePage({ message, commandLine, exitCode, stderr }: VirshFailure): string {
  const parts = [message];
  if (commandLine !== '')
    parts.push(
      exitCode === null
        ? say`The command, which ended without an exit status:`
        : say`The command, which ended with ${exitCode}:`,
      commandLine,
    );
  if (stderr.trim() !== '') parts.push(say`What it printed, without passwords:`, stderr.trimEnd());
  return `${parts.join('\n\n')}\n`;
}

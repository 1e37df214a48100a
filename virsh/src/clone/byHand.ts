/** Commands for a person to give where we could not. */
import type { VirshCommand } from '../command.ts';
import type { Connection } from '../connection.ts';
import { quoteAllForShell } from '../run/quote.ts';
import { sshTarget } from '../run/sshOptions.ts';

/** virsh with the connection's own URI, as a shell takes it. */
export function commandByHand(connection: Connection, { args }: Pick<VirshCommand<unknown>, 'args'>): string {
  return onHost(connection, ['virsh', '-c', connection.uri, ...args]);
}

/** A command on the host: through ssh where the connection goes through it. Of a URI its user knows which machine it means. */
export function onHost(connection: Connection, words: readonly string[]): string {
  const command = quoteAllForShell(words);
  if (connection.kind !== 'ssh') return command;
  const { options, target, port } = connection;
  return quoteAllForShell(['ssh', ...options, ...sshTarget(target, port), command]);
}

/** How ssh is called, whoever calls it. */

/** ssh takes the first value that it sees of an option, so the user's own come before these. */
export const sshDefaults: readonly string[] = [
  // Nobody sees a question.
  ...['-o', 'BatchMode=yes'],
  ...['-o', 'ConnectTimeout=10'],
  // A host that has gone is noticed after 45 s, in the middle of a long copy too.
  ...['-o', 'ServerAliveInterval=15'],
  // No terminal, no forwarding: only the command.
  ...['-T', '-a', '-x'],
];

/** The end of every command line: nothing in a name is taken for an option. */
export function sshTarget(target: string, port: number | undefined): readonly string[] {
  return [...(port === undefined ? [] : ['-p', String(port)]), '--', target];
}

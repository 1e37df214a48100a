/** Words for the shell of a remote machine: ssh hands its command over as one string. */

/**
 * One word for a POSIX shell. Inside single quotes every character stands for itself, newlines too; a single quote is written outside of them.
 * A NUL cannot be part of an argument on any system.
 */
export function quoteForShell(word: string): string {
  if (word.includes('\0')) throw new RangeError('an argument cannot contain a NUL character');
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

export function quoteAllForShell(words: readonly string[]): string {
  return words.map(quoteForShell).join(' ');
}

/** Values that are not shown: a preview stands on a screen that others see. */

const passwords = /(^|[/@])(passwd|password|passphrase|secret|key)$/i;

export function isHidden(path: string): boolean {
  return passwords.test(path);
}

const longest = 60;

/** A value as a sentence has it: on one line, not too long. */
export function shown(path: string, value: string): string {
  if (isHidden(path)) return '…';
  const line = value.replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

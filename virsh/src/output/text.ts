/** The simple forms in which virsh prints text. */

/** Lines without the empty ones that virsh puts at the end. */
export function parseLines(output: string): string[] {
  return output.split(/\r?\n/).filter((line) => line.trim() !== '');
}

/** `Label:   value` a line. */
export function parsePairs(output: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const line of parseLines(output)) {
    const colon = line.indexOf(':');
    if (colon > 0) pairs.set(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
  }
  return pairs;
}

/** A name a line. virsh pads some lists with blanks. */
export function parseNames(output: string): readonly string[] {
  return parseLines(output).map((line) => line.trimEnd());
}

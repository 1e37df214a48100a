/**
 * A string of its own instead of a slice, which would keep the whole text alive that it was cut from; null for a part that has half a
 * surrogate pair, which no copy keeps.
 */
export function ownCopy(part: string): string | null {
  const copy = new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(part));
  return copy === part ? copy : null;
}

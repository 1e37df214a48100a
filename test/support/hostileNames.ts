/** Names that somebody may give a VM or a volume, made to break what does not quote: the same in every run. */
import { Random } from './random.ts';

const pieces = [
  ...["'", '"', '`', '$', '$(id)', '$PATH', '\\', "\\'", ';', '&&', '|', '<', '>', '*', '?', '[a]', '~', '!', '#', '='],
  ...[' ', '  ', '-', '--', '--domain', '--all', '-c', '\t', '%', '%s', '%00', '{0}', '(', ')', ']]>', '&amp;', '&'],
  ...['a', 'web', '0', '7', 'ü', 'ß', '☃', '日本', '👩‍💻', '\u202e', '\u00a0', '\u0301', 'echo', 'true', 'EOF'],
] as const;

export interface HostileNames {
  /** libvirt refuses line breaks in most names; commands have to carry them all the same. */
  readonly withLineBreaks?: boolean;
  /** In UTF-8. */
  readonly bytes?: number;
}

/** Each is different, not empty, and of at most so many bytes. */
export function hostileNames(
  count: number,
  seed: number,
  { withLineBreaks = false, bytes = 255 }: HostileNames = {},
): readonly string[] {
  const random = new Random(seed);
  const names = new Set<string>();
  while (names.size < count) {
    let name = '';
    for (let left = 1 + random.below(12); left > 0; left -= 1)
      name += withLineBreaks && random.below(12) === 0 ? '\n' : random.pick(pieces);
    // Every so often as long as a file name may be.
    if (random.below(8) === 0) name = name.padEnd(bytes, 'x');
    if (Buffer.byteLength(name) <= bytes && name.trim() !== '') names.add(name);
  }
  return [...names];
}

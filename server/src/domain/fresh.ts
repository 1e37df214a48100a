/** Fresh identifiers. Whoever asks brings the randomness. */

/** A random byte, 0 to 255. */
export type RandomByte = () => number;

const hex = (byte: number) => byte.toString(16).padStart(2, '0');

/** A MAC address in the range that QEMU guests use: 52:54:00, then three random bytes. */
export function freshMac(random: RandomByte): string {
  return `52:54:00:${hex(random())}:${hex(random())}:${hex(random())}`;
}

/** A random UUID (version 4 of RFC 9562). */
export function freshUuid(random: RandomByte): string {
  const bytes = Array.from({ length: 16 }, (_, index) => {
    const byte = random();
    if (index === 6) return (byte & 0x0f) | 0x40;
    return index === 8 ? (byte & 0x3f) | 0x80 : byte;
  });
  const digits = bytes.map(hex).join('');
  return [8, 12, 16, 20, 32].map((end, part) => digits.slice([0, 8, 12, 16, 20][part], end)).join('-');
}

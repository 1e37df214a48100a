/** Portable pixmaps (PPM, binary, 8 bit), which QEMU gave as screenshots before it knew PNG, as Windows bitmaps, which every browser shows. */

const headerBytes = 54;
const bytesPerMetre = 2835;

/** Undefined for anything else. */
export function asBitmap(pixmap: Buffer): Buffer | undefined {
  const header = /^P6\s+(?:#[^\n]*\n\s*)*(\d+)\s+(\d+)\s+255\s/.exec(pixmap.subarray(0, 512).toString('latin1'));
  const [width, height] = [Number(header?.[1]), Number(header?.[2])];
  const start = header?.[0].length ?? 0;
  if (!header || pixmap.length < start + width * height * 3) return undefined;
  // Rows end at a multiple of four bytes.
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const bitmap = Buffer.alloc(headerBytes + rowBytes * height);
  bitmap.write('BM');
  bitmap.writeUInt32LE(bitmap.length, 2);
  bitmap.writeUInt32LE(headerBytes, 10);
  bitmap.writeUInt32LE(40, 14);
  bitmap.writeInt32LE(width, 18);
  // A negative height says that the topmost row comes first.
  bitmap.writeInt32LE(-height, 22);
  bitmap.writeUInt16LE(1, 26);
  bitmap.writeUInt16LE(24, 28);
  bitmap.writeUInt32LE(bytesPerMetre, 38);
  bitmap.writeUInt32LE(bytesPerMetre, 42);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const from = start + (row * width + column) * 3;
      const to = headerBytes + row * rowBytes + column * 3;
      bitmap[to] = pixmap[from + 2] ?? 0;
      bitmap[to + 1] = pixmap[from + 1] ?? 0;
      bitmap[to + 2] = pixmap[from] ?? 0;
    }
  }
  return bitmap;
}

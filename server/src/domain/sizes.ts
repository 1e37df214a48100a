/** Sizes as libvirt writes them: a number, and a unit in an attribute. */
import { attributeValue, textOf } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';

/** Bytes in a unit; libvirt reads unit names without regard to case (virScaleInteger). */
const BYTES: Readonly<Record<string, number>> = (() => {
  const table: Record<string, number> = { b: 1, byte: 1, bytes: 1 };
  for (const [power, letter] of ['k', 'm', 'g', 't', 'p', 'e'].entries()) {
    table[letter] = table[`${letter}ib`] = 1024 ** (power + 1);
    table[`${letter}b`] = 1000 ** (power + 1);
  }
  return table;
})();

export const KIBIBYTE = 1024;
export const MEBIBYTE = 1024 ** 2;
export const GIBIBYTE = 1024 ** 3;

/** Bytes that a unit stands for ("KiB" → 1024, "KB" → 1000, "K" → 1024), or undefined for an unknown one. */
export function bytesInUnit(unit: string): number | undefined {
  return BYTES[unit.trim().toLowerCase()];
}

/** Bytes of `number` in `unit`, or undefined where either is not one. Exact up to 2^53 bytes (8 PiB). */
export function sizeInBytes(number: string, unit: string): number | undefined {
  const factor = bytesInUnit(unit);
  return factor !== undefined && /^\d+$/.test(number) ? Number(number) * factor : undefined;
}

/** Bytes told by an element such as `<memory unit='GiB'>8</memory>`; the unit is KiB where none is given. */
export function elementSize(element: XmlElement | undefined, defaultUnit = 'KiB'): number | undefined {
  return element && sizeInBytes(textOf(element), attributeValue(element, 'unit') ?? defaultUnit);
}

/** Bytes told by a pair of attributes such as `<page size='2' unit='MiB'/>`. */
export function attributeSize(
  element: XmlElement,
  name: string,
  unitName = 'unit',
  defaultUnit = 'KiB',
): number | undefined {
  const number = attributeValue(element, name);
  return number === undefined ? undefined : sizeInBytes(number, attributeValue(element, unitName) ?? defaultUnit);
}

/** The sum, or undefined where a part is not known. */
export function sumOf(sizes: readonly (number | undefined)[]): number | undefined {
  let sum = 0;
  for (const size of sizes) {
    if (size === undefined) return undefined;
    sum += size;
  }
  return sum;
}

/** Largest first. */
const BINARY_UNITS = [
  ['TiB', 1024 ** 4],
  ['GiB', GIBIBYTE],
  ['MiB', MEBIBYTE],
  ['KiB', KIBIBYTE],
] as const;

/** Number and unit, in the largest binary unit that divides the size: 1.5 GiB is [1536, 'MiB'], 7 bytes are [7, 'bytes']. */
export function splitSize(bytes: number): readonly [number: number, unit: string] {
  const found = BINARY_UNITS.find(([, factor]) => bytes >= factor && bytes % factor === 0);
  return found ? [bytes / found[1], found[0]] : [bytes, 'bytes'];
}

/** The exact size, as one would write it: "8 GiB", "1536 MiB", "7 bytes". */
export function formatSize(bytes: number): string {
  return splitSize(bytes).join(' ');
}

/** The size for a reader, in three digits: "2.5 GiB", "3.81 MiB". */
export function roundedSize(bytes: number): string {
  const [number, unit] = inThreeDigits(bytes);
  return `${number} ${unit}`;
}

/** Whether `roundedSize` is not the exact size. */
export function isRounded(bytes: number): boolean {
  const [number, , factor] = inThreeDigits(bytes);
  return number * factor !== bytes;
}

function inThreeDigits(bytes: number): readonly [number: number, unit: string, bytesInUnit: number] {
  const found = BINARY_UNITS.find(([, factor]) => bytes >= factor);
  return found ? [Number((bytes / found[1]).toPrecision(3)), ...found] : [bytes, 'bytes', 1];
}

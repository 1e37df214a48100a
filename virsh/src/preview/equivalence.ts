/** When two ways of writing a value mean the same to libvirt. */
import { isSameUuid, isUuid } from '../../../server/src/domain/uuid.ts';

/** Bytes of libvirt's units of size; a bare K is KiB, KB is 1000. */
const units: Readonly<Record<string, number>> = {
  b: 1,
  byte: 1,
  bytes: 1,
  ...powers(1024, (letter) => [letter, `${letter}ib`]),
  ...powers(1000, (letter) => [`${letter}b`]),
};

function powers(base: number, spell: (letter: string) => readonly string[]): Record<string, number> {
  const entries = [...'kmgtpe'].flatMap((letter, index) =>
    spell(letter).map((name) => [name, base ** (index + 1)] as const),
  );
  return Object.fromEntries(entries);
}

/** Bytes of a size with its unit, or undefined for anything else. KiB is libvirt's unit where none is given for memory. */
export function sizeInBytes(number: string, unit: string | undefined): number | undefined {
  const factor = units[(unit ?? 'KiB').toLowerCase()];
  return /^\d+$/.test(number) && factor !== undefined ? Number(number) * factor : undefined;
}

/** The same value, apart from the way in which libvirt likes to write it. */
export function isSameValue(sent: string, stored: string): boolean {
  const [a, b] = [plain(sent), plain(stored)];
  if (a === b) return true;
  if (isNumber(a) && isNumber(b)) return Number(a) === Number(b);
  if (isUuid(a) && isUuid(b)) return isSameUuid(a, b);
  const [setA, setB] = [numbersOf(a), numbersOf(b)];
  return setA !== undefined && setB !== undefined && setA.join() === setB.join();
}

/** Upper and lower case are the same in MAC addresses and hexadecimal numbers only (and in UUIDs). */
function plain(value: string): string {
  const text = value.trim();
  return /^(0x[0-9a-f]+|[0-9a-f]{2}(:[0-9a-f]{2})+)$/i.test(text) ? text.toLowerCase() : text;
}

function isNumber(text: string): boolean {
  return /^(0x[0-9a-f]+|-?\d+)$/.test(text);
}

/** The members of a set such as `0-3,8,^2`, in order. */
export function numbersOf(text: string): readonly number[] | undefined {
  if (!/^\^?\d+(-\d+)?(,\^?\d+(-\d+)?)*$/.test(text)) return undefined;
  const members = new Set<number>();
  for (const part of text.split(',')) {
    const [first = '', last = first] = part.replace('^', '').split('-');
    if (Number(last) - Number(first) > 65536) return undefined;
    for (let member = Number(first); member <= Number(last); member++) {
      if (part.startsWith('^')) members.delete(member);
      else members.add(member);
    }
  }
  return [...members].sort((a, b) => a - b);
}

/** `pc` and `q35` stand for the newest machine type of their kind; libvirt writes down which one that is. */
export function isMachineAlias(name: string, alias: string, machine: string): boolean {
  const family = alias === 'q35' ? 'pc-q35-' : alias === 'pc' ? 'pc-i440fx-' : `${alias}-`;
  return name === 'machine' && machine.startsWith(family);
}

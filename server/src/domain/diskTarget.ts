/** Names in target/@dev: a prefix that tells the bus by custom, and letters that count: vda, vdb, … vdz, vdaa. */

/** A name in its parts; `partition` is the number that must not follow ("sda1"), or undefined. */
export interface TargetName {
  readonly prefix: string;
  readonly letters: string;
  readonly partition: number | undefined;
}

/** The custom of libvirt and of every tool (formatdomain, "Hard drives, floppy disks, CDROMs", target). */
const PREFIX: Readonly<Record<string, string>> = {
  virtio: 'vd',
  scsi: 'sd',
  sata: 'sd',
  usb: 'sd',
  sd: 'sd',
  ide: 'hd',
  fdc: 'fd',
  xen: 'xvd',
  uml: 'ubd',
};

/** The prefix that names on a bus have, or undefined for a bus without a custom. */
export function prefixOfBus(bus: string): string | undefined {
  return PREFIX[bus];
}

/** Six letters count to 321 million; the seventh leads beyond what libvirt counts in (a C int). */
const MOST_LETTERS = 6;

/** Takes a name apart, or undefined where libvirt could not count it (no letters, other characters). */
export function parseTargetName(name: string): TargetName | undefined {
  const found = /^(fd|hd|sd|vd|xvd|ubd)([a-z]+)(\d*)$/.exec(name);
  const [, prefix, letters, digits] = found ?? [];
  if (prefix === undefined || letters === undefined || letters.length > MOST_LETTERS) return undefined;
  return { prefix, letters, partition: digits ? Number(digits) : undefined };
}

/** 0 → a, 25 → z, 26 → aa: how disks are counted. */
function targetLetters(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : targetLetters(Math.floor(index / 26) - 1) + last;
}

/** The names that are not taken, in order; as many as are asked for. */
export function* freeTargetNames(prefix: string, taken: ReadonlySet<string>): Generator<string, never> {
  for (let index = 0; ; index++) {
    const name = prefix + targetLetters(index);
    if (!taken.has(name)) yield name;
  }
}

/** A name that is not taken: with the wanted letters if they are free, else the first that is. */
export function freeTargetName(prefix: string, wanted: string | undefined, taken: ReadonlySet<string>): string {
  return wanted !== undefined && !taken.has(prefix + wanted)
    ? prefix + wanted
    : freeTargetNames(prefix, taken).next().value;
}

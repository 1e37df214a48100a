/** A new VM while it is asked for: every answer has a sensible one already. */
import { GIBIBYTE, MEBIBYTE } from '../../../server/src/domain/sizes.ts';
import type { Answers, Purpose } from '../../../server/src/newDomain/answers.ts';
import type { Offer } from './hostOffer.ts';

/** Where libvirt looks for images unless it is told otherwise. */
export const IMAGES = '/var/lib/libvirt/images';

interface Size {
  readonly name: string;
  readonly gibibytes: number;
  readonly vcpus: number;
  readonly disk: number;
}

const sizes: Readonly<Record<Purpose, Size>> = {
  'linux-server': { name: 'server', gibibytes: 4, vcpus: 2, disk: 20 },
  desktop: { name: 'desktop', gibibytes: 8, vcpus: 4, disk: 40 },
  windows: { name: 'windows', gibibytes: 8, vcpus: 4, disk: 80 },
  database: { name: 'database', gibibytes: 16, vcpus: 4, disk: 100 },
  minimal: { name: 'guest', gibibytes: 1, vcpus: 1, disk: 10 },
};

/** What is proposed for a purpose. */
export function draftFor(purpose: Purpose, { takenNames, lacks }: Pick<Offer, 'takenNames' | 'lacks'>): Answers {
  const { name, gibibytes, vcpus, disk } = sizes[purpose];
  const free = freeName(name, takenNames);
  return {
    purpose,
    name: free,
    mebibytes: gibibytes * 1024,
    vcpus,
    disk: { kind: 'file', path: `${IMAGES}/${free}.qcow2`, format: 'qcow2', gibibytes: disk },
    iso: undefined,
    network: { kind: 'network', name: 'default' },
    machine: 'q35',
    lacks,
  };
}

/** The name, or the first `name-2`, `name-3`, … that nothing else has. @param suffix stands behind the number */
export function freeName(name: string, taken: ReadonlySet<string>, suffix = ''): string {
  for (let number = 2, candidate = name + suffix; ; candidate = `${name}-${number++}${suffix}`)
    if (!taken.has(candidate)) return candidate;
}

/** "4 GiB", "512M", "1.5G" or "4" in MiB; undefined where it is no size. A number alone is GiB. */
export function readMebibytes(typed: string): number | undefined {
  const [, number, unit = 'g'] = /^(\d+(?:\.\d+)?)\s*(?:([mg])(?:i?b)?)?$/i.exec(typed.trim()) ?? [];
  if (number === undefined) return undefined;
  const mebibytes = (Number(number) * (unit.toLowerCase() === 'g' ? GIBIBYTE : MEBIBYTE)) / MEBIBYTE;
  return Number.isSafeInteger(mebibytes) ? mebibytes : undefined;
}

export function sizeText(mebibytes: number): string {
  return mebibytes % 1024 === 0 ? `${mebibytes / 1024} GiB` : `${mebibytes} MiB`;
}

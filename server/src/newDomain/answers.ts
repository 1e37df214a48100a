/** What is asked of somebody who wants a new VM. */

export const PURPOSES = ['linux-server', 'desktop', 'windows', 'database', 'minimal'] as const;
export type Purpose = (typeof PURPOSES)[number];

export type ImageFormat = 'qcow2' | 'raw';

export type Disk =
  | { readonly kind: 'file'; readonly path: string; readonly format: ImageFormat; readonly gibibytes: number }
  | {
      readonly kind: 'volume';
      readonly pool: string;
      readonly volume: string;
      readonly format: ImageFormat;
      readonly gibibytes: number;
    }
  /** A block device of the host, which is as large as it is. */
  | { readonly kind: 'block'; readonly path: string };

export type Network =
  | { readonly kind: 'network'; readonly name: string }
  | { readonly kind: 'bridge'; readonly name: string }
  /** User-mode networking: needs no rights on the host. */
  | { readonly kind: 'user' }
  | { readonly kind: 'none' };

/** What a new VM may want and not every host has: a TPM is an emulated one. */
export const LACKS = ['kvm', 'efi', 'secure-boot', 'tpm'] as const;
export type Lack = (typeof LACKS)[number];

export interface Answers {
  readonly purpose: Purpose;
  readonly name: string;
  readonly mebibytes: number;
  readonly vcpus: number;
  readonly disk: Disk;
  /** Path of the image to install from, on the host. */
  readonly iso: string | undefined;
  readonly network: Network;
  /** Machine type as libvirt names it: `q35`, `pc-q35-9.0`. */
  readonly machine: string;
  /** What the host is known not to have. */
  readonly lacks: readonly Lack[];
}

/** A guest of more needs an emulated IOMMU with extended interrupt mode: nobody's first VM. */
export const MOST_VCPUS = 255;
export const LEAST_MEBIBYTES = 64;

/** Reads answers that came from outside. Undefined where they are none. */
export function readAnswers(given: unknown): Answers | undefined {
  if (!isRecord(given)) return undefined;
  const { name, mebibytes, vcpus, iso, machine = 'q35', lacks = [] } = given;
  const purpose = PURPOSES.find((one) => one === given.purpose);
  const disk = readDisk(given.disk);
  const network = readNetwork(given.network);
  if (!purpose || !disk || !network || !isText(name) || !isText(machine)) return undefined;
  if (!isWhole(mebibytes, LEAST_MEBIBYTES) || !isWhole(vcpus, 1) || vcpus > MOST_VCPUS) return undefined;
  if ((iso !== undefined && !isText(iso)) || !Array.isArray(lacks)) return undefined;
  const known = LACKS.filter((lack) => lacks.includes(lack));
  return { purpose, name, mebibytes, vcpus, disk, iso, network, machine, lacks: known };
}

function readDisk(given: unknown): Disk | undefined {
  if (!isRecord(given)) return undefined;
  const { kind, path, pool, volume, format, gibibytes } = given;
  if (kind === 'block') return isText(path) ? { kind, path } : undefined;
  if ((format !== 'qcow2' && format !== 'raw') || !isWhole(gibibytes, 1)) return undefined;
  if (kind === 'file') return isText(path) ? { kind, path, format, gibibytes } : undefined;
  return kind === 'volume' && isText(pool) && isText(volume) ? { kind, pool, volume, format, gibibytes } : undefined;
}

function readNetwork(given: unknown): Network | undefined {
  if (!isRecord(given)) return undefined;
  const { kind, name } = given;
  if (kind === 'user' || kind === 'none') return { kind };
  return (kind === 'network' || kind === 'bridge') && isText(name) ? { kind, name } : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isWhole(value: unknown, least: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least;
}

/** An object of unknown content, as it comes out of JSON. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

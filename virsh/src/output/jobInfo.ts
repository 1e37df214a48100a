/** How far a long job of a domain is, as `domjobinfo` prints it. */
import { parsePairs } from './text.ts';

export interface JobInfo {
  /** libvirt's words: `Outgoing migration`, `Save`; '' where it does not say. */
  readonly operation: string;
  /** Bytes, of memory and copied disks together. What the guest writes meanwhile counts anew. */
  readonly processed: number;
  readonly remaining: number;
  readonly total: number;
  /** Bytes a second that the guest changes; undefined while libvirt does not know. */
  readonly dirtyRate: number | undefined;
  /** Milliseconds that the guest will stand still at the end; undefined while libvirt does not know. */
  readonly downtime: number | undefined;
}

const units: ReadonlyMap<string, number> = new Map(
  ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'].map((unit, power) => [unit, 1024 ** power]),
);

/** Undefined where no job runs. */
export function parseJobInfo(output: string): JobInfo | undefined {
  const pairs = parsePairs(output);
  const type = pairs.get('Job type');
  if (type !== 'Unbounded' && type !== 'Bounded') return undefined;
  const bytes = (label: string): number => sizeOf(pairs.get(label));
  const number = (label: string): number | undefined => {
    const text = pairs.get(label);
    return text === undefined ? undefined : Number.parseInt(text, 10);
  };
  const pages = number('Dirty rate');
  return {
    operation: pairs.get('Operation') ?? '',
    processed: bytes('Data processed'),
    remaining: bytes('Data remaining'),
    total: bytes('Data total'),
    dirtyRate: pages === undefined ? undefined : pages * (number('Page size') ?? 4096),
    downtime: number('Expected downtime'),
  };
}

/** `16.355 MiB`. */
function sizeOf(text = ''): number {
  const [amount = '', unit = 'B'] = text.split(/\s+/);
  return Math.round((Number.parseFloat(amount) || 0) * (units.get(unit) ?? 1));
}

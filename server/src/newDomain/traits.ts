/** What a purpose asks of the machine. */
import type { Purpose } from './answers.ts';

export interface Traits {
  readonly firmware: 'bios' | 'efi' | 'secure-boot';
  readonly cpu: 'host-model' | 'host-passthrough';
  /** Hyper-V enlightenments, local time, and a disc with virtio drivers. */
  readonly isWindows: boolean;
  readonly tpm: boolean;
  /** A screen, with pointer and sound. */
  readonly screen: boolean;
  readonly serialConsole: boolean;
  readonly guestAgent: boolean;
  readonly rng: boolean;
  readonly balloon: 'reporting' | 'none' | 'default';
  /** Huge pages, an IOThread, queues: speed that costs the host something. */
  readonly isTuned: boolean;
}

const server: Traits = {
  firmware: 'efi',
  cpu: 'host-passthrough',
  isWindows: false,
  tpm: false,
  screen: false,
  serialConsole: true,
  guestAgent: true,
  rng: true,
  balloon: 'reporting',
  isTuned: false,
};
const desktop: Traits = { ...server, screen: true, serialConsole: false };

export const traits: Readonly<Record<Purpose, Traits>> = {
  'linux-server': server,
  desktop,
  windows: { ...desktop, firmware: 'secure-boot', isWindows: true, tpm: true, rng: false },
  database: { ...server, balloon: 'none', isTuned: true },
  minimal: { ...server, firmware: 'bios', cpu: 'host-model', guestAgent: false, rng: false, balloon: 'default' },
};

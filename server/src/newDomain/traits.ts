/** What a purpose asks of the machine. */
import type { Answers, Purpose } from './answers.ts';

export interface Traits {
  readonly firmware: 'bios' | 'efi' | 'secure-boot';
  readonly cpu: 'host-model' | 'host-passthrough' | 'maximum';
  /** Local time, and a disc with virtio drivers. */
  readonly isWindows: boolean;
  /** Hyper-V enlightenments, which KVM gives. */
  readonly isEnlightened: boolean;
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
  isEnlightened: false,
  tpm: false,
  screen: false,
  serialConsole: true,
  guestAgent: true,
  rng: true,
  balloon: 'reporting',
  isTuned: false,
};
const desktop: Traits = { ...server, screen: true, serialConsole: false };

const traits: Readonly<Record<Purpose, Traits>> = {
  'linux-server': server,
  desktop,
  windows: { ...desktop, firmware: 'secure-boot', isWindows: true, isEnlightened: true, tpm: true, rng: false },
  database: { ...server, balloon: 'none', isTuned: true },
  minimal: { ...server, firmware: 'bios', cpu: 'host-model', guestAgent: false, rng: false, balloon: 'default' },
};

/** What is wanted and can be had on the host. */
export function traitsFor({ purpose, lacks }: Pick<Answers, 'purpose' | 'lacks'>): Traits {
  const wanted = traits[purpose];
  return {
    ...wanted,
    firmware: firmwareFor(wanted.firmware, lacks),
    tpm: wanted.tpm && !lacks.includes('tpm'),
    // QEMU alone has no host CPU to pass through.
    ...(lacks.includes('kvm') && { cpu: 'maximum', isEnlightened: false }),
  };
}

function firmwareFor(wanted: Traits['firmware'], lacks: Answers['lacks']): Traits['firmware'] {
  if (wanted === 'bios' || lacks.includes('efi')) return 'bios';
  return lacks.includes('secure-boot') ? 'efi' : wanted;
}

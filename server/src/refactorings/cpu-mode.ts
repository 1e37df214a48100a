import { cpuOf } from '../domain/cpu.ts';
import { phrase, say } from '../l10n/say.ts';
import { changeMode } from '../rules/cpu/repairs.ts';
import { around, type OfferRefactoring, type Refactoring } from './refactoring.ts';

/** The modes without a model, and what each means for those who have the guest already. */
const MODES = [
  {
    mode: 'host-model',
    consequences: [
      phrase`libvirt names the host's CPU as closely as it can, with the mitigations that host and guest know: nearly all of the speed of host-passthrough.`,
      phrase`Live migration works between hosts that have the features of the one that the guest was started on; libvirt checks it.`,
      phrase`The CPU is worked out anew at each cold start: after an upgrade or on another host the guest may see another one.`,
    ],
  },
  {
    mode: 'host-passthrough',
    consequences: [
      phrase`The guest sees the host's CPU as it is: the fastest choice, and needed for some nested and PMU work.`,
      phrase`It can migrate live only to a host with the same CPU, microcode and kernel; libvirt cannot check that beforehand.`,
    ],
  },
] as const;

const ALWAYS = phrase`Software that counts CPU features (licences, Windows activation, programs built for -march=native) may notice the change. It takes effect at the next cold start.`;

export const offer: OfferRefactoring = (domain, at) => {
  const cpu = cpuOf(domain);
  if (!cpu || !around(at, 'cpu') || !domain.isX86) return [];
  return MODES.filter(({ mode }) => mode !== cpu.mode && (domain.isKvm || mode !== 'host-passthrough')).map(
    ({ mode, consequences }): Refactoring => ({
      page: 'cpu-mode',
      title: say`Change the CPU mode to ${mode}`,
      consequences: [...consequences, ALWAYS].map(String),
      edits: changeMode(cpu, mode, domain.document),
    }),
  );
};

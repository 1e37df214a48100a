import { formatCpuset, parseCpuset } from '../../domain/cpuset.ts';
import { cpuTune, type Pin } from '../../domain/cpuTune.ts';
import type { Domain } from '../../domain/domain.ts';
import { say } from '../../l10n/say.ts';
import { setValue } from '../../xml/edits.ts';
import { attribute, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

interface Overlap {
  readonly cpuset: XmlAttribute;
  readonly emulator: ReadonlySet<number>;
  readonly pin: Pin;
  readonly common: readonly number[];
  readonly isRealTime: boolean;
}

/** The emulator on the CPU that a vCPU is alone on, or beside a real-time vCPU, which lets nobody else run. */
function* overlaps(domain: Domain): Iterable<Overlap> {
  const { emulatorPin, vcpuPins, vcpuSchedulings } = cpuTune(domain);
  const cpuset = attribute(emulatorPin, 'cpuset');
  const emulator = cpuset && parseCpuset(cpuset.value);
  if (!domain.isQemu || !cpuset || !emulator) return;
  const realTime = new Set(vcpuSchedulings.flatMap(({ ids, isRealTime }) => (isRealTime ? [...ids] : [])));
  for (const pin of vcpuPins) {
    const common = [...(pin.cpus ?? [])].filter((cpu) => emulator.has(cpu));
    const isRealTime = realTime.has(pin.number);
    const takesAll = pin.cpus?.size === 1 && emulator.size === 1;
    if (common.length === 0 || !(isRealTime || takesAll)) continue;
    yield { cpuset, emulator, pin, common, isRealTime };
    return;
  }
}

export const rule = defineRule<Overlap>({
  id: 'numa-pinning/emulatorpin-overlaps-vcpupin',
  severity: 'warning',
  since: '0.10.0',
  needs: ['emulatorpin', 'vcpupin'],
  find: overlaps,
  say: ({ cpuset, pin, common, isRealTime }) => ({
    at: valueSpan(cpuset),
    message: isRealTime
      ? say`vCPU ${pin.number} has real-time priority on host CPU ${formatCpuset(common)}, where QEMU's own threads are pinned too: they may never run, and the guest hangs. Give them other CPUs.`
      : say`QEMU's own threads and vCPU ${pin.number} share host CPU ${formatCpuset(common)}: device emulation, migration and the console take time from the vCPU. Give them another.`,
    related: [{ ...valueSpan(pin.cpuset ?? pin.id), message: say`vCPU ${pin.number} is on it` }],
  }),
  fix({ cpuset, emulator }, domain) {
    const taken = new Set(cpuTune(domain).vcpuPins.flatMap(({ cpus }) => [...(cpus ?? [])]));
    const free = formatCpuset([...emulator].filter((cpu) => !taken.has(cpu)));
    return free ? [{ title: say`Pin the emulator to ${free}`, edits: setValue(cpuset, free, domain.document) }] : [];
  },
});

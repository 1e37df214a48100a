/** Clock frequencies, the clock itself, memory that follows tasks, guests within guests. */
import { say } from '../../../server/src/l10n/say.ts';
import type { TuningFinding } from './check.ts';
import type { TuningReading } from './reading.ts';
import { all, first, KERNEL } from './values.ts';

export function* checkCpus({ facts, settings }: TuningReading): Generator<TuningFinding> {
  const governors = all(settings, 'governor').flatMap((line) => line.split(' ')[0] ?? []);
  if (governors.length > 0) {
    // Drivers that choose frequencies by themselves call every choice of theirs powersave.
    const isDynamic = /pstate/.test(first(settings, 'governorDriver') ?? '');
    const isSlow = governors.includes('powersave');
    yield {
      subject: say`CPU governor`,
      source: `${KERNEL}/admin-guide/pm/cpufreq.html`,
      weight: isSlow ? (isDynamic ? 'look' : 'costs') : 'fine',
      value: governors.join(', '),
      meaning: isSlow
        ? isDynamic
          ? say`The CPU raises its clock on demand: good for power, late for guests that must answer at once.`
          : say`The CPUs stay at their lowest clock, whatever the guests do.`
        : say`The CPUs are as fast as the guests need.`,
      ...(isSlow && { command: 'cpupower frequency-set --governor performance' }),
    };
  }
  const clock = first(settings, 'clocksource');
  if (clock !== undefined && facts.cpu?.architecture === 'x86_64') {
    const isFast = ['tsc', 'kvm-clock', 'hyperv_clocksource_tsc_page'].includes(clock);
    yield {
      subject: say`Clock of the host`,
      source: `${KERNEL}/virt/kvm/x86/timekeeping.html`,
      weight: isFast ? 'fine' : 'costs',
      value: clock,
      meaning: isFast
        ? say`The time is read without leaving the guest.`
        : say`The kernel does not trust the TSC: the guests' fast clocks are off, and each reading of the time costs microseconds.`,
      ...(!isFast && { command: 'dmesg | grep -i tsc' }),
    };
  }
  const pinned = (facts.domains ?? []).filter((domain) => domain.pinned !== undefined);
  const balancing = first(settings, 'numaBalancing');
  if (balancing !== undefined && (facts.nodes?.length ?? 1) > 1) {
    const isWasted = balancing !== '0' && pinned.length > 0;
    yield {
      subject: say`NUMA balancing`,
      source: `${KERNEL}/admin-guide/sysctl/kernel.html`,
      weight: isWasted ? 'look' : 'fine',
      value: `kernel.numa_balancing = ${balancing}`,
      meaning: isWasted
        ? say`The kernel makes pages fault to see who uses them. ${pinned.length} VMs are pinned: where their memory is bound too, that is work for nothing.`
        : say`Suits guests that are not pinned.`,
      ...(isWasted && { command: 'sysctl -w kernel.numa_balancing=0' }),
    };
  }
  const nested = first(settings, 'nested.intel') ?? first(settings, 'nested.amd');
  if (nested !== undefined) {
    const isOn = /^[Y1]/.test(nested);
    yield {
      subject: say`Nested virtualisation`,
      source: `${KERNEL}/virt/kvm/x86/running-nested-guests.html`,
      weight: isOn ? 'look' : 'fine',
      value: isOn ? say`on` : say`off`,
      meaning: isOn
        ? say`Guests whose CPU has vmx or svm can run guests of their own, and reach much more of KVM's code: off it goes on hosts of strangers' guests.`
        : say`No guest can run guests of its own with KVM.`,
    };
  }
}

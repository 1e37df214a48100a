/** Merged pages, huge pages, swapping. */
import { say } from '../../../server/src/l10n/say.ts';
import type { TuningFinding } from './check.ts';
import type { TuningReading } from './reading.ts';
import { first, KERNEL } from './values.ts';

export function* checkMemory({ facts, settings }: TuningReading): Generator<TuningFinding> {
  const [run, sharing] = [first(settings, 'ksm.run'), Number(first(settings, 'ksm.sharing') ?? 0)];
  const ksm = { subject: say`Page merging (KSM)`, source: `${KERNEL}/admin-guide/mm/ksm.html` };
  if (run === '1' && sharing === 0) {
    yield {
      ...ksm,
      weight: 'costs',
      value: say`on, 0 pages merged`,
      meaning: say`The scanner takes CPU time from the guests and saves nothing.`,
      command: 'systemctl disable --now ksmtuned ksm; echo 0 > /sys/kernel/mm/ksm/run',
    };
  } else if (run === '1') {
    yield {
      ...ksm,
      weight: 'look',
      value: say`on, ${sharing} pages merged (${Math.round((sharing * 4) / 1024)} MiB saved)`,
      meaning: say`Guests share equal pages: it saves memory, costs CPU time, and lets a guest measure whether another has a page.`,
    };
  } else if (run !== undefined) {
    yield { ...ksm, weight: 'fine', value: say`off`, meaning: say`Guests keep their pages for themselves.` };
  }
  if (run === '1' && first(settings, 'ksm.acrossNodes') === '1' && (facts.nodes?.length ?? 1) > 1) {
    yield {
      ...ksm,
      weight: 'look',
      value: 'merge_across_nodes 1',
      meaning: say`Merged pages may lie on another NUMA node than the guest that reads them.`,
      command:
        'echo 2 > /sys/kernel/mm/ksm/run; echo 0 > /sys/kernel/mm/ksm/merge_across_nodes; echo 1 > /sys/kernel/mm/ksm/run',
    };
  }
  const transparent = /\[(\w+)\]/.exec(first(settings, 'thp.enabled') ?? '')?.[1];
  if (transparent !== undefined) {
    const isOff = transparent === 'never';
    yield {
      subject: say`Transparent huge pages`,
      source: `${KERNEL}/admin-guide/mm/transhuge.html`,
      weight: isOff ? 'costs' : 'fine',
      value: transparent,
      meaning: isOff
        ? say`Guests without reserved huge pages have 4 KiB pages only: every miss of the TLB takes two walks through page tables.`
        : say`QEMU asks for huge pages for the guests' memory, and gets them where there are some.`,
      ...(isOff && { command: 'echo madvise > /sys/kernel/mm/transparent_hugepage/enabled' }),
    };
  }
  yield* reserved(facts);
  const [swappiness, swaps] = [first(settings, 'swappiness'), first(settings, 'swaps') ?? ''];
  if (swappiness === undefined) return;
  const hasSwap = /\s\/|partition|file/.test(swaps.replace(/^Filename.*?Priority/, ''));
  const isHigh = Number(swappiness) > 10 && hasSwap;
  yield {
    subject: say`Swapping`,
    source: `${KERNEL}/admin-guide/sysctl/vm.html`,
    weight: isHigh ? 'look' : 'fine',
    value: `vm.swappiness = ${swappiness}${hasSwap ? '' : `, ${say`no swap`}`}`,
    meaning: isHigh
      ? say`The host may move idle pages of guests to the disk while it keeps a cache of files: the guest stalls when it comes back to them. On a host that does nothing else 10 or less is usual.`
      : say`The host gives up its cache of files before it swaps pages of guests.`,
    ...(isHigh && { command: 'sysctl -w vm.swappiness=10; echo vm.swappiness=10 > /etc/sysctl.d/90-guests.conf' }),
  };
}

/** Huge pages that are set aside, against what the VMs there ask for. */
function* reserved({ nodes = [], domains = [] }: TuningReading['facts']): Generator<TuningFinding> {
  const source = `${KERNEL}/admin-guide/mm/hugetlbpage.html`;
  const sizes = new Set(nodes.flatMap(({ pages = [] }) => pages.map(({ size }) => size)).filter((size) => size > 64));
  for (const size of sizes) {
    const pages = nodes.flatMap((node) => node.pages?.filter((one) => one.size === size) ?? []);
    const [count, free] = [pages.map((one) => one.count ?? 0), pages.map((one) => one.free ?? 0)].map(sum);
    const asked = sum(domains.map(({ hugePages }) => (hugePages?.size === size ? hugePages.count : 0)));
    if ((count === 0 && asked === 0) || count === undefined) continue;
    const value = say`${count} of ${size} KiB set aside, ${free} free; the VMs ask for ${asked} in all`;
    const lacks = asked > count;
    const idle = asked === 0;
    yield {
      subject: say`Reserved huge pages`,
      source,
      weight: lacks ? 'costs' : idle ? 'look' : 'fine',
      value,
      meaning: lacks
        ? say`Not all of the VMs can run at the same time: the last to start does not.`
        : idle
          ? say`No VM asks for them: that memory serves nobody.`
          : say`There is one for each page that a VM asks for.`,
      ...(lacks && { command: `virsh allocpages ${size}KiB ${asked}` }),
      ...(idle && { command: `virsh allocpages ${size}KiB 0` }),
    };
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

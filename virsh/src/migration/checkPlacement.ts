/** Whether the target has the CPUs, NUMA nodes and memory that the domain is bound to. */
import { formatCpuset, parseCpuset } from '../../../server/src/domain/cpuset.ts';
import { say } from '../../../server/src/l10n/say.ts';
import type { XmlNode } from '../output/xml.ts';
import type { MigrationFacts, MigrationFinding } from './types.ts';

export function* checkPlacement(domain: XmlNode, { target }: MigrationFacts): Generator<MigrationFinding> {
  const { cpus, nodes, memory } = target.capacity;
  const tune = domain.at('cputune');
  const pins = ['vcpupin', 'emulatorpin', 'iothreadpin'].flatMap((name) => tune.all(name));
  const cpusets = [domain.at('vcpu'), ...pins].map((node) => node.attribute('cpuset'));
  yield* among('pinning', 'CPU', cpusets, cpus, target.name);
  const numa = domain.at('numatune');
  const nodesets = [numa.at('memory'), ...numa.all('memnode')].map((node) => node.attribute('nodeset'));
  yield* among('numatune', say`NUMA node`, nodesets, nodes, target.name);
  yield* hugePages(domain, target);
  // libvirt prints memory in KiB.
  const wanted = Number(domain.at('memory').text ?? 0);
  if (memory > 0 && wanted > memory) {
    const message = say`The VM has ${mebibytes(wanted)} MiB, ${target.name} has ${mebibytes(memory)} MiB in all.`;
    yield { weight: 'blocks', subject: say`memory`, message, wayOut: say`Choose a host with more memory.` };
  }
}

function* among(
  subject: string,
  what: string,
  sets: readonly (string | undefined)[],
  present: ReadonlySet<number>,
  host: string,
): Generator<MigrationFinding> {
  const wanted = new Set(sets.flatMap((set) => [...(parseCpuset(set ?? '') ?? [])]));
  if (wanted.size === 0) return;
  if (present.size === 0) {
    yield { weight: 'unknown', subject, message: say`${host} does not tell which ${what}s it has.` };
    return;
  }
  const missing = [...wanted].filter((id) => !present.has(id));
  if (missing.length === 0) {
    const message = say`${host} has the ${what}s ${formatCpuset(wanted)}. Other VMs there may be bound to them too.`;
    yield { weight: 'fine', subject, message };
    return;
  }
  yield {
    weight: 'blocks',
    subject,
    message: say`The VM is bound to the ${what}s ${formatCpuset(missing)}, which ${host} does not have.`,
    wayOut: say`Give other numbers for the target in the XML that is sent along (virsh migrate --xml), or unbind the VM.`,
  };
}

function* hugePages(domain: XmlNode, target: MigrationFacts['target']): Generator<MigrationFinding> {
  const backing = domain.at('memoryBacking', 'hugepages');
  if (!backing.exists) return;
  const subject = say`huge pages`;
  const counts = target.capacity.hugePages;
  const sizes = backing.all('page').map((page) => kibibytes(page.attribute('size'), page.attribute('unit')));
  const known = sizes.filter((size) => size !== undefined);
  // Without a size it is the host's usual one, of which only the file system that libvirt uses knows.
  const absent = known.filter((size) => (counts.get(size) ?? 0) === 0);
  const hasAny = [...counts].some(([size, count]) => size > 64 && count > 0);
  if (absent.length > 0 || !hasAny) {
    yield {
      weight: 'blocks',
      subject,
      message: say`${target.name} has set no huge pages ${absent.length > 0 ? say`of ${absent.join(say` and `)} KiB ` : ''}aside.`,
      wayOut: say`Set some aside there (virsh allocpages, or the kernel parameter hugepages=).`,
    };
  } else {
    const message = say`${target.name} has huge pages of the size; how many are free is seen with virsh freepages --all.`;
    yield { weight: 'fine', subject, message };
  }
}

function kibibytes(size: string | undefined, unit = 'KiB'): number | undefined {
  const factor = new Map([
    ['KiB', 1],
    ['KB', 1],
    ['MiB', 1024],
    ['M', 1024],
    ['GiB', 1024 ** 2],
    ['G', 1024 ** 2],
  ]).get(unit);
  return factor === undefined || size === undefined ? undefined : Number(size) * factor;
}

function mebibytes(kibibytes: number): number {
  return Math.round(kibibytes / 1024);
}

import { firstIds, formatCpuset } from '../../domain/cpuset.ts';
import { allVcpusPinned, commonCpuset, cpuTune, pinnedVcpus } from '../../domain/cpuTune.ts';
import type { Domain } from '../../domain/domain.ts';
import { say } from '../../l10n/say.ts';
import { attributeValue, child, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

interface Partial {
  readonly tune: XmlElement;
  readonly all: readonly number[];
}

/** Some vCPUs have CPUs of their own, and nothing says where the others run. */
function* partial(domain: Domain): Iterable<Partial> {
  const { element, vcpuPins } = cpuTune(domain);
  const all = firstIds(domain.vcpus ?? 0);
  if (!domain.isQemu || !element || vcpuPins.length === 0 || allVcpusPinned(domain) || !all?.length) return;
  const isAutomatic = attributeValue(child(domain.root, 'vcpu'), 'placement') === 'auto';
  // A list of real-time vCPUs beside free-running ones is a plan of its own.
  if (
    pinnedVcpus(domain).size > 0 &&
    !commonCpuset(domain) &&
    !isAutomatic &&
    cpuTune(domain).vcpuSchedulings.length === 0
  )
    yield { tune: element, all };
}

export const rule = defineRule<Partial>({
  id: 'numa-pinning/partial-pinning',
  severity: 'warning',
  needs: ['vcpupin'],
  find: partial,
  say({ tune, all }, domain) {
    const pinned = pinnedVcpus(domain);
    const floating = formatCpuset(all.filter((id) => !pinned.has(id)));
    return {
      at: nameSpan(tune),
      message: say`${pinned.size} of ${all.length} vCPUs are pinned; vCPU ${floating} may run anywhere, on the others' CPUs as well, which undoes what the pins are for. Pin them too, or give them CPUs of their own with \`cpuset\` of \`<vcpu>\`.`,
    };
  },
});

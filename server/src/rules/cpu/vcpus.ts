/** Numbers of vCPUs, and lists of them, that libvirt refuses. */
import type { Domain } from '../../domain/domain.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import { platform } from '../../domain/platform.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { insertAfter, insertChild, setAttribute, setText } from '../../xml/edits.ts';
import { attribute, attributeValue, child, childElements, textSpan, valueSpan } from '../../xml/query.ts';
import type { Span, XmlAttribute } from '../../xml/tree.ts';
import { machinePlace, refusal } from '../refusal.ts';
import { defineRule, type Rule } from '../rule.ts';
import { type Count, fixCount, sayCount, wrongCount } from './vcpuCount.ts';
import { type Entry, judgeEntry, judgeList } from './vcpusList.ts';

/** Interrupts reach this many vCPUs by 8-bit APIC ids (QEMU_MAX_VCPUS_WITHOUT_EIM). */
const MOST_WITHOUT_EIM = 255;
/** max_cpus of the newest q35 (QEMU 9.0). */
const MOST_OF_Q35 = 4096;

export const refusals: readonly Rule[] = [
  defineRule<Count>({
    id: 'cpu/vcpu-count',
    page: 'cpu/vcpus',
    severity: 'error',
    needs: ['vcpu'],
    *find(domain) {
      const count = wrongCount(domain);
      if (count) yield count;
    },
    say: sayCount,
    fix: fixCount,
  }),
  defineRule<Span>({
    id: 'cpu/vcpu-over-255',
    page: 'cpu/vcpus',
    severity: 'error',
    needs: ['vcpu'],
    *find(domain) {
      if (!domain.isQemu || !domain.isX86 || (domain.vcpus ?? 0) <= MOST_WITHOUT_EIM) return;
      const eim = extendedInterruptMode(domain);
      const vcpu = child(domain.root, 'vcpu');
      if (domain.isI440fx && vcpu) yield textSpan(vcpu);
      // Without a word about eim newer libvirt switches it on by itself.
      else if (domain.isQ35 && eim?.value.trim() === 'off') yield valueSpan(eim);
    },
    say: (at, domain) => ({
      at,
      message: domain.isI440fx
        ? say`${domain.vcpus} vCPUs are too many for the i440fx machine, which ends at ${MOST_WITHOUT_EIM}; libvirt refuses the definition. Use q35 with an Intel IOMMU in extended interrupt mode (\`eim\`).`
        : say`${domain.vcpus} vCPUs need extended interrupt mode: without it interrupts reach ${MOST_WITHOUT_EIM} only, and libvirt refuses the definition. Set \`eim='on'\`.`,
    }),
    fix(_, domain) {
      const vcpu = child(domain.root, 'vcpu');
      const eim = extendedInterruptMode(domain);
      const fewer = vcpu
        ? [{ title: say`Allow ${MOST_WITHOUT_EIM} vCPUs`, edits: setText(vcpu, String(MOST_WITHOUT_EIM)) }]
        : [];
      if (eim && domain.isQ35) {
        return [{ title: say`Set eim='on'`, edits: setAttribute(eim.parent, 'eim', 'on', domain.document) }, ...fewer];
      }
      return [...fewer, ...moveToQ35(domain)];
    },
  }),
  refusal('cpu/vcpu-machine-limit', 'cpu/vcpus', function* (domain) {
    const vcpu = child(domain.root, 'vcpu');
    if (vcpu && platform(domain).machine === 'isapc' && (domain.vcpus ?? 0) > 1)
      yield {
        at: textSpan(vcpu),
        message: say`The machine \`isapc\` has one processor: libvirt refuses ${domain.vcpus} vCPUs.`,
        related: machinePlace(domain),
        fixes: [{ title: say`Allow 1 vCPU`, edits: setText(vcpu, '1') }],
      };
    if (!domain.isX86 || !vcpu || (domain.vcpus ?? 0) <= MOST_OF_Q35) return;
    yield {
      at: textSpan(vcpu),
      message: say`No PC of QEMU has ${domain.vcpus} vCPUs: q35 ends at ${MOST_OF_Q35} (older versions of it at 288 or 1024), and libvirt refuses the definition.`,
      fixes: [
        {
          title: say`Allow ${MOST_WITHOUT_EIM} vCPUs, which every PC can have`,
          edits: setText(vcpu, String(MOST_WITHOUT_EIM)),
        },
        { title: say`Allow ${MOST_OF_Q35} vCPUs`, edits: setText(vcpu, String(MOST_OF_Q35)) },
      ],
    };
  }),
  defineRule<Entry>({
    id: 'cpu/vcpus-list-range',
    page: 'cpu/vcpus',
    severity: 'error',
    needs: ['vcpus'],
    since: '2.2.0',
    *find(domain) {
      const list = child(domain.root, 'vcpus');
      const most = domain.vcpus;
      if (!list || !most || !domain.isQemu) return;
      const entries = childElements(list, 'vcpu');
      const ids = new Set(entries.map((entry) => wholeNumber(attributeValue(entry, 'id'))));
      const whole = judgeList(list, entries, domain.document);
      if (whole) yield whole;
      let free = 0;
      while (ids.has(free)) free++;
      for (const element of entries) {
        const found = judgeEntry(element, most, free, domain.document);
        if (found) yield found;
      }
    },
    say: ({ at, message }) => ({ at, message }),
    fix: ({ fixes }) => fixes(),
  }),
];

function extendedInterruptMode(domain: Domain): XmlAttribute | undefined {
  return domain.devices('iommu').flatMap((iommu) => attribute(child(iommu, 'driver'), 'eim') ?? [])[0];
}

/** What an old machine type needs for more vCPUs; offered only where no device has an address that ties it to that machine. */
function moveToQ35(domain: Domain): Fix[] {
  const { root, document } = domain;
  const type = child(root, 'os', 'type');
  const devices = child(root, 'devices');
  if (!type || !devices || domain.elements('address').length > 0 || domain.devices('iommu').length > 0) return [];
  const features = child(root, 'features');
  const ioapic = "<ioapic driver='qemu'/>";
  const os = child(root, 'os');
  const iommu = "<iommu model='intel'>\n  <driver intremap='on' eim='on'/>\n</iommu>";
  return [
    {
      title: say`Change the machine to q35 with an Intel IOMMU`,
      edits: [
        ...setAttribute(type, 'machine', 'q35', document),
        ...(features ? insertChild(features, ioapic, document) : []),
        ...(!features && os
          ? insertAfter(os, `<features>\n  <acpi/>\n  <apic/>\n  ${ioapic}\n</features>`, document)
          : []),
        ...insertChild(devices, iommu, document),
      ],
    },
  ];
}

/** Numbers of vCPUs, and lists of them, that libvirt refuses. */
import type { Domain } from '../../domain/domain.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import type { Fix } from '../../finding.ts';
import { insertAfter, insertChild, removeElement, setAttribute, setText } from '../../xml/edits.ts';
import { attribute, attributeValue, child, childElements, nameSpan, textSpan, valueSpan } from '../../xml/query.ts';
import type { Span, XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { defineRule, type Rule } from '../rule.ts';

/** Interrupts reach this many vCPUs by 8-bit APIC ids (QEMU_MAX_VCPUS_WITHOUT_EIM). */
const MOST_WITHOUT_EIM = 255;

interface Count {
  readonly vcpu: XmlElement;
  readonly at: XmlAttribute;
  readonly most: number;
  readonly online: number;
}

interface Entry {
  readonly element: XmlElement;
  readonly at: Span;
  readonly message: string;
  readonly fixes: readonly Fix[];
}

export const refusals: readonly Rule[] = [
  defineRule<Count>({
    id: 'cpu/vcpu-count',
    page: 'cpu/vcpus',
    severity: 'error',
    *find(domain) {
      const vcpu = child(domain.root, 'vcpu');
      const at = attribute(vcpu, 'current');
      const online = wholeNumber(at?.value);
      const most = domain.vcpus;
      if (vcpu && at && most && online !== undefined && online > most) yield { vcpu, at, most, online };
    },
    say: ({ vcpu, at, most, online }) => ({
      at: valueSpan(at),
      message: `\`current='${online}'\` vCPUs cannot be online when the text allows ${most}; libvirt refuses the definition. The text is the maximum, \`current\` what is online at start.`,
      related: [{ ...textSpan(vcpu), message: 'the maximum' }],
    }),
    fix: ({ vcpu, at, most, online }, { document }) => [
      {
        title: `Swap: at most ${online}, ${most} online`,
        edits: [...setAttribute(vcpu, 'current', String(most), document), ...setText(vcpu, String(online))],
      },
      { title: `Allow ${online}, all online`, edits: setText(vcpu, String(online)) },
      { title: `Change current to ${most}`, edits: setAttribute(at.parent, 'current', String(most), document) },
    ],
  }),
  defineRule<Span>({
    id: 'cpu/vcpu-over-255',
    page: 'cpu/vcpus',
    severity: 'error',
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
        ? `${domain.vcpus} vCPUs are too many for the i440fx machine, which ends at ${MOST_WITHOUT_EIM}; libvirt refuses the definition. Use q35 with an Intel IOMMU in extended interrupt mode (\`eim\`).`
        : `${domain.vcpus} vCPUs need extended interrupt mode: without it interrupts reach ${MOST_WITHOUT_EIM} only, and libvirt refuses the definition. Set \`eim='on'\`.`,
    }),
    fix(_, domain) {
      const vcpu = child(domain.root, 'vcpu');
      const eim = extendedInterruptMode(domain);
      const fewer = vcpu
        ? [{ title: `Allow ${MOST_WITHOUT_EIM} vCPUs`, edits: setText(vcpu, String(MOST_WITHOUT_EIM)) }]
        : [];
      if (eim && domain.isQ35) {
        return [{ title: "Set eim='on'", edits: setAttribute(eim.parent, 'eim', 'on', domain.document) }, ...fewer];
      }
      return [...fewer, ...moveToQ35(domain)];
    },
  }),
  defineRule<Entry>({
    id: 'cpu/vcpus-list-range',
    page: 'cpu/vcpus',
    severity: 'error',
    since: '2.2.0',
    *find(domain) {
      const list = child(domain.root, 'vcpus');
      const most = domain.vcpus;
      if (!list || !most || !domain.isQemu) return;
      const entries = childElements(list, 'vcpu');
      const ids = new Set(entries.map((entry) => wholeNumber(attributeValue(entry, 'id'))));
      const free = (): number => {
        let id = 0;
        while (ids.has(id)) id++;
        return id;
      };
      for (const element of entries) {
        const found = judgeEntry(element, most, free, domain);
        if (found) yield found;
      }
    },
    say: ({ at, message }) => ({ at, message }),
    fix: ({ fixes }) => fixes,
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
      title: 'Change the machine to q35 with an Intel IOMMU',
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

function judgeEntry(element: XmlElement, most: number, free: () => number, { document }: Domain): Entry | undefined {
  const idAttribute = attribute(element, 'id');
  const id = wholeNumber(idAttribute?.value);
  if (!idAttribute || id === undefined) return undefined;
  const enabled = attribute(element, 'enabled');
  const hotpluggable = attribute(element, 'hotpluggable');
  const set = (name: string, value: string): Fix => ({
    title: `Set ${name}='${value}'`,
    edits: setAttribute(element, name, value, document),
  });
  const offline = enabled?.value === 'no';
  if (id >= most) {
    const lowest = free();
    return {
      element,
      at: valueSpan(idAttribute),
      message: `vCPU ${id} does not exist: \`<vcpu>\` allows ${most}, so ids run from 0 to ${most - 1}; libvirt refuses the definition.`,
      fixes: [
        ...(lowest < most
          ? [{ title: `Change the id to ${lowest}`, edits: setAttribute(element, 'id', String(lowest), document) }]
          : []),
        { title: 'Remove the entry', edits: removeElement(element, document) },
      ],
    };
  }
  if (id === 0 && offline) {
    return {
      element,
      at: enabled ? valueSpan(enabled) : nameSpan(element),
      message: 'vCPU 0 starts the guest and cannot be offline; libvirt refuses the definition.',
      fixes: [set('enabled', 'yes')],
    };
  }
  if (id === 0 && hotpluggable?.value === 'yes') {
    return {
      element,
      at: valueSpan(hotpluggable),
      message: 'vCPU 0 cannot be hot-pluggable; libvirt refuses the definition.',
      fixes: [set('hotpluggable', 'no')],
    };
  }
  if (offline && hotpluggable?.value === 'no') {
    return {
      element,
      at: valueSpan(hotpluggable),
      message: `vCPU ${id} is offline and not hot-pluggable, so nothing could ever bring it online; libvirt refuses the definition.`,
      fixes: [set('hotpluggable', 'yes'), set('enabled', 'yes')],
    };
  }
  return undefined;
}

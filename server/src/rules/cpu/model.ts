/** Models, vendors and features that contradict themselves. */
import { type Cpu, type CpuFeature, cpuOf } from '../../domain/cpu.ts';
import { say } from '../../l10n/say.ts';
import { removeElement, setAttribute } from '../../xml/edits.ts';
import { attribute, child, nameSpan, textOf, textSpan, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { defineRule, type Rule } from '../rule.ts';
import { dropAttribute, useHostModel } from './repairs.ts';

/** Characters of a vendor string: CPUID gives it in three registers of four bytes. */
const VENDOR_LENGTH = 12;

interface Repeated {
  readonly feature: CpuFeature;
  readonly first: CpuFeature;
}

export const refusals: readonly Rule[] = [
  defineRule<Repeated>({
    id: 'cpu/feature-duplicate',
    page: 'cpu/model',
    severity: 'error',
    needs: ['cpu', 'feature'],
    *find(domain) {
      const seen = new Map<string, CpuFeature>();
      for (const feature of cpuOf(domain)?.features ?? []) {
        const first = seen.get(feature.name);
        if (first) yield { feature, first };
        else seen.set(feature.name, feature);
      }
    },
    say: ({ feature, first }) => ({
      at: nameOf(feature),
      message: say`CPU feature \`${feature.name}\` is listed a second time${feature.policy === first.policy ? '' : say`, with policy \`${feature.policy}\` after \`${first.policy}\``}; libvirt refuses that. Keep one.`,
      related: [{ ...nameOf(first), message: say`the first time` }],
    }),
    fix: ({ feature, first }, { document }) => [
      { title: say`Remove the second`, edits: removeElement(feature.element, document) },
      { title: say`Remove the first`, edits: removeElement(first.element, document) },
    ],
  }),
  defineRule<Cpu>({
    id: 'cpu/feature-without-model',
    page: 'cpu/model',
    severity: 'error',
    needs: ['cpu', 'feature'],
    *find(domain) {
      const cpu = cpuOf(domain);
      const refused = cpu?.mode === 'custom' && !cpu.modelName && cpu.features.length > 0;
      if (refused && domain.isQemu && !child(cpu.element, 'vendor')) yield cpu;
    },
    say: (cpu) => ({
      at: nameSpan(cpu.features[0]?.element ?? cpu.element),
      message: say`Features change a model, but mode \`custom\` names none; libvirt refuses the definition. Use \`host-model\` as the base, or name a \`<model>\`.`,
    }),
    fix: (cpu, { document }) => [useHostModel(cpu, document)],
  }),
  defineRule<XmlElement>({
    id: 'cpu/vendor-without-model',
    page: 'cpu/model',
    severity: 'error',
    needs: ['cpu', 'vendor'],
    *find(domain) {
      const cpu = cpuOf(domain);
      const vendor = child(domain.root, 'cpu', 'vendor');
      if (vendor && domain.isQemu && !cpu?.modelName) yield vendor;
    },
    say: (vendor) => ({
      at: textSpan(vendor),
      message: say`The vendor \`${textOf(vendor)}\` narrows down where a model may run, but no \`<model>\` is named; libvirt refuses the definition. Remove it, or name a model.`,
    }),
    fix: (vendor, { document }) => [{ title: say`Remove the vendor`, edits: removeElement(vendor, document) }],
  }),
  defineRule<XmlAttribute>({
    id: 'cpu/vendor-id-length',
    page: 'cpu/model',
    severity: 'error',
    needs: ['cpu', '@vendor_id'],
    *find(domain) {
      const cpu = cpuOf(domain);
      const at = attribute(cpu?.model, 'vendor_id');
      // With host-passthrough and maximum libvirt does not read the model at all.
      if (!at || !cpu || cpu.isPassthrough) return;
      if (at.value.length !== VENDOR_LENGTH || at.value.includes(',')) yield at;
    },
    say: (at) => ({
      at: valueSpan(at),
      message: at.value.includes(',')
        ? say`\`vendor_id='${at.value}'\` is refused: a vendor string has no comma.`
        : say`\`vendor_id='${at.value}'\` has ${at.value.length} characters, but CPUID holds exactly ${VENDOR_LENGTH} (\`GenuineIntel\`, \`AuthenticAMD\`).`,
    }),
    fix: (at, { document }) => [
      ...knownVendors(at.value).map((value) => ({
        title: say`Change vendor_id to '${value}'`,
        edits: setAttribute(at.parent, 'vendor_id', value, document),
      })),
      { title: say`Remove vendor_id`, edits: dropAttribute(at.parent, 'vendor_id', document) },
    ],
  }),
];

/** The strings of the vendors whose name stands in a wrong one: 'Intel' → 'GenuineIntel'. */
function knownVendors(written: string): readonly string[] {
  const known = { intel: 'GenuineIntel', amd: 'AuthenticAMD', hygon: 'HygonGenuine' };
  return Object.entries(known).flatMap(([name, value]) => (written.toLowerCase().includes(name) ? [value] : []));
}

function nameOf({ element }: CpuFeature) {
  const at = attribute(element, 'name');
  return at ? valueSpan(at) : nameSpan(element);
}

import { cpuOf } from '../../domain/cpu.ts';
import type { Domain } from '../../domain/domain.ts';
import { say } from '../../l10n/say.ts';
import { insertAfter, insertChild } from '../../xml/edits.ts';
import { attribute, child, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { useHostModel, useHostPassthrough } from './repairs.ts';

/** libvirt writes cpu behind the last of these. */
const BEFORE_CPU = ['features', 'os', 'resource', 'numatune', 'cputune', 'iothreads', 'vcpu', 'memory', 'name'];

export const rule = defineRule<XmlElement>({
  id: 'cpu/missing-cpu-element',
  severity: 'warning',
  *find(domain) {
    if (!domain.isKvm || !domain.isX86) return;
    const cpu = cpuOf(domain);
    if (!cpu) {
      yield domain.root;
      return;
    }
    // Features or a vendor without a model are refused, and a check without one has its own rule.
    const spokenOf = cpu.features.length > 0 || child(cpu.element, 'vendor') || attribute(cpu.element, 'check');
    if (cpu.mode === 'custom' && !cpu.modelName && !spokenOf) yield cpu.element;
  },
  say: (element) => ({
    at: nameSpan(element),
    message: say`No CPU model is chosen, so the guest gets \`qemu64\`: no SSE4, no AES, no flags against CPU flaws, and programs built for x86-64-v2 stop with an illegal instruction. Choose \`host-model\`, or \`host-passthrough\` if the guest never migrates.`,
  }),
  fix(_, domain) {
    const cpu = cpuOf(domain);
    if (cpu) return [useHostModel(cpu, domain.document), useHostPassthrough(cpu, domain.document)];
    return ['host-model', 'host-passthrough'].map((mode) => ({
      title: say`Add <cpu mode='${mode}'/>`,
      edits: addCpu(domain, `<cpu mode='${mode}'/>`),
    }));
  },
});

function addCpu({ root, document }: Domain, xml: string) {
  const [before] = BEFORE_CPU.flatMap((name) => child(root, name) ?? []);
  return before ? insertAfter(before, xml, document) : insertChild(root, xml, document, { first: true });
}

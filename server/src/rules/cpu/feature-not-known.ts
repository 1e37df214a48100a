import { type CpuFeature, cpuOf } from '../../domain/cpu.ts';
import { x86Features } from '../../domain/cpuFeatures.ts';
import { CPU_MODELS_OF } from '../../domain/cpuModels.ts';
import { say } from '../../l10n/say.ts';
import { dropElement } from '../fixes.ts';
import { placeOf } from '../refusal.ts';
import { defineRule } from '../rule.ts';
import { isNoName, meantFeature } from './features.ts';

export const rule = defineRule<CpuFeature>({
  id: 'cpu/feature-not-known',
  severity: 'warning',
  needs: ['feature'],
  find: (domain) =>
    (domain.isQemu && domain.isX86 ? (cpuOf(domain)?.features ?? []) : []).filter(
      ({ name }) =>
        /^[\w.-]+$/.test(name) &&
        !name.startsWith('vmx-') &&
        !x86Features().has(name) &&
        meantFeature(name) === undefined &&
        !isNoName(name),
    ),
  say: ({ element, name }) => ({
    at: placeOf(element, 'name'),
    message: say`libvirt (up to ${CPU_MODELS_OF}) is not known to have a CPU feature \`${name}\`. Where it has none the definition is stored, but the guest does not start; \`virsh domcapabilities\` lists those of a host.`,
  }),
  fix: ({ element }, { document }) => [dropElement(element, document)],
});

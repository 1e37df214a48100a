import { cpuTune, type Pin } from '../../domain/cpuTune.ts';
import { say } from '../../l10n/say.ts';
import { child, textSpan, valueSpan } from '../../xml/query.ts';
import { dropElement } from '../fixes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<Pin>({
  id: 'numa-pinning/vcpupin-unknown-vcpu',
  severity: 'warning',
  tags: ['unnecessary'],
  needs: ['vcpupin'],
  find: (domain) => {
    const most = domain.isQemu ? domain.vcpus : undefined;
    return most ? cpuTune(domain).vcpuPins.filter(({ number }) => number >= most) : [];
  },
  say({ id, number }, { vcpus, root }) {
    const vcpu = child(root, 'vcpu');
    return {
      at: valueSpan(id),
      message: say`libvirt drops this pin without a word: the guest has ${vcpus === 1 ? say`one vCPU, 0` : say`vCPUs 0 to ${(vcpus ?? 1) - 1}`}, and no vCPU ${number}. Remove it, or allow more vCPUs.`,
      ...(vcpu && { related: [{ ...textSpan(vcpu), message: say`The most vCPUs that the guest can have` }] }),
    };
  },
  fix: ({ element }, { document }) => [dropElement(element, document)],
});

import { formatCpuset } from '../../domain/cpuset.ts';
import { allVcpusPinned, commonCpuset, cpuTune, unpinnedIothreads } from '../../domain/cpuTune.ts';
import { say } from '../../l10n/say.ts';
import { insertAfter } from '../../xml/edits.ts';
import { attributeValue, child, childElements, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlElement>({
  id: 'numa-pinning/iothread-unpinned',
  severity: 'hint',
  since: '1.2.9',
  needs: ['vcpupin', 'iothreads|iothreadids'],
  *find(domain) {
    if (!domain.isQemu || commonCpuset(domain) || !allVcpusPinned(domain)) return;
    const threads = child(domain.root, 'iothreadids') ?? child(domain.root, 'iothreads');
    if (threads && unpinnedIothreads(domain).length > 0) yield threads;
  },
  say(threads, domain) {
    const ids = unpinnedIothreads(domain);
    return {
      at: nameSpan(threads),
      message: say`IOThread ${formatCpuset(ids)} ${ids.length > 1 ? 'have' : 'has'} no \`<iothreadpin>\` and may run on the pinned vCPUs' CPUs. One CPU of the same host node, together with the emulator, is often enough.`,
    };
  },
  fix(_, domain) {
    const { element, emulatorPin } = cpuTune(domain);
    const cpuset = attributeValue(emulatorPin, 'cpuset');
    const last =
      element && childElements(element).findLast(({ name }) => name === 'emulatorpin' || name === 'iothreadpin');
    if (!last || cpuset === undefined) return [];
    const pins = unpinnedIothreads(domain).map((id) => `<iothreadpin iothread='${id}' cpuset='${cpuset}'/>`);
    return [
      {
        title: say`Pin to ${cpuset}, beside the emulator`,
        edits: pins.slice(0, 1).flatMap((pin) => insertAfter(last, pin, domain.document)),
      },
    ];
  },
});

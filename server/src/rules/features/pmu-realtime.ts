import { cpuTune } from '../../domain/cpuTune.ts';
import { addFeature, feature } from '../../domain/hypervisorFeatures.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attributeValue, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlElement>({
  id: 'features/pmu-realtime',
  severity: 'hint',
  since: '1.2.12',
  needs: ['vcpusched'],
  *find(domain) {
    const realTime = cpuTune(domain).vcpuSchedulings.find(({ isRealTime }) => isRealTime)?.element;
    // Where the state is written, somebody has decided.
    if (realTime && domain.isQemu && domain.isX86 && !attributeValue(feature(domain, 'pmu'), 'state')) yield realTime;
  },
  say: (realTime) => ({
    at: nameSpan(realTime),
    message: say`A real-time guest gains from doing without the virtual PMU, which costs time at each entry into the guest: \`<pmu state='off'/>\`. Profilers in the guest then have no hardware counters.`,
  }),
  fix: (_, domain) => {
    const pmu = feature(domain, 'pmu');
    const edits = pmu ? setAttribute(pmu, 'state', 'off', domain.document) : addFeature(domain, "<pmu state='off'/>");
    return [{ title: say`Switch the PMU off`, edits }];
  },
});

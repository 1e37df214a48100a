import { hostDevices, isVfio } from '../../domain/hostDevices.ts';
import { say } from '../../l10n/say.ts';
import { insertChild, setAttribute } from '../../xml/edits.ts';
import { attributeValue, child, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { placeOf } from '../refusal.ts';
import { defineRule } from '../rule.ts';

interface Match {
  readonly iommu: XmlElement;
  readonly device: XmlElement;
}

export const rule = defineRule<Match>({
  id: 'passthrough-vfio/viommu-caching-mode',
  severity: 'warning',
  since: '3.4.0',
  needs: ['iommu', 'hostdev|interface'],
  *find(domain) {
    const device = domain.isQemu ? hostDevices(domain).find(isVfio)?.element : undefined;
    if (!device) return;
    for (const iommu of domain.devices('iommu')) {
      const isOn = attributeValue(child(iommu, 'driver'), 'caching_mode') === 'on';
      if (attributeValue(iommu, 'model') === 'intel' && !isOn) yield { iommu, device };
    }
  },
  say: ({ iommu, device }) => {
    const driver = child(iommu, 'driver');
    return {
      at: driver ? placeOf(driver, 'caching_mode') : nameSpan(iommu),
      message: say`Behind this IOMMU QEMU has to learn of each mapping that the guest makes, to repeat it for the assigned device: without \`caching_mode="on"\` the guest does not start.`,
      related: [{ ...nameSpan(device), message: say`Assigned by VFIO` }],
    };
  },
  fix({ iommu }, { document }) {
    const driver = child(iommu, 'driver');
    return [
      {
        title: say`Add caching_mode='on'`,
        edits: driver
          ? setAttribute(driver, 'caching_mode', 'on', document)
          : insertChild(iommu, "<driver caching_mode='on'/>", document, { first: true }),
      },
    ];
  },
});

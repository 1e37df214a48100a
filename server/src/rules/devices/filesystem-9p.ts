import { isMappedShared } from '../../domain/memory.ts';
import { say } from '../../l10n/say.ts';
import { insertChild, setAttribute } from '../../xml/edits.ts';
import { attribute, attributeValue, child, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { shareMemory } from '../memory/shareMemory.ts';
import { defineRule } from '../rule.ts';

/** Whether virtiofs can take its place as it is written: it passes owners through, and has no modes of its own. */
function canBeVirtiofs(filesystem: XmlElement): boolean {
  const driver = child(filesystem, 'driver');
  const mode = attributeValue(filesystem, 'accessmode') ?? 'passthrough';
  const isPlain = !attribute(filesystem, 'fmode') && !attribute(filesystem, 'dmode') && !child(filesystem, 'readonly');
  return mode === 'passthrough' && isPlain && (!driver || driver.attributes.every(({ name }) => name === 'type'));
}

export const rule = defineRule<XmlElement>({
  id: 'devices/filesystem-9p',
  severity: 'hint',
  since: '6.2.0',
  needs: ['filesystem'],
  *find(domain) {
    if (!domain.isQemu) return;
    for (const filesystem of domain.devices('filesystem')) {
      const type = attributeValue(filesystem, 'type') ?? 'mount';
      const driver = attributeValue(child(filesystem, 'driver'), 'type') ?? 'path';
      if (type === 'mount' && ['path', 'handle'].includes(driver)) yield filesystem;
    }
  },
  say: (filesystem) => {
    const type = attribute(child(filesystem, 'driver'), 'type');
    return {
      at: type ? valueSpan(type) : nameSpan(filesystem),
      message: say`A directory without another driver is shared by 9p, which is slow, and as long as the guest has it mounted it can't be migrated or saved. virtiofs behaves like a local file system; it needs shared memory and Linux 5.4 in the guest.`,
    };
  },
  fix(filesystem, domain) {
    const { document, memoryBacking, numaCells } = domain;
    if (!canBeVirtiofs(filesystem)) return [];
    const driver = child(filesystem, 'driver');
    const accessmode = attribute(filesystem, 'accessmode')
      ? []
      : setAttribute(filesystem, 'accessmode', 'passthrough', document);
    const edits = driver
      ? setAttribute(driver, 'type', 'virtiofs', document)
      : insertChild(filesystem, "<driver type='virtiofs'/>", document, { first: true });
    const share = isMappedShared(memoryBacking, numaCells) ? [] : shareMemory(domain).edits;
    return [{ title: say`Use virtiofs`, edits: [...share, ...accessmode, ...edits] }];
  },
});

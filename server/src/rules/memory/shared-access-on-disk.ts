/** Guest memory that becomes a plain file of the host, by default on a disk. */
import { usesHugePages } from '../../domain/memory.ts';
import { say } from '../../l10n/say.ts';
import { removeElement } from '../../xml/edits.ts';
import { attribute, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { useMemfd } from './shareMemory.ts';

export const rule = defineRule<XmlAttribute>({
  id: 'memory/shared-access-on-disk',
  severity: 'warning',
  needs: ['source|access|@memAccess'],
  since: '4.10.0',
  find(domain) {
    const { memoryBacking: backing, numaCells } = domain;
    const source = backing.source?.value.trim();
    if (!domain.isQemu || source === 'memfd' || usesHugePages(backing)) return [];
    const access = backing.access ?? numaCells.map((cell) => attribute(cell, 'memAccess')).find(Boolean);
    const found = source === 'file' ? backing.source : access;
    return found ? [found] : [];
  },
  say: (at) => ({
    at: valueSpan(at),
    message: say`With \`${at.name}="${at.value.trim()}"\` the guest's memory is a file in \`memory_backing_dir\`, \`/var/lib/libvirt/qemu/ram\` unless set otherwise: the host writes guest memory to disk, and the disk must hold it. \`<source type="memfd"/>\` keeps it in RAM.`,
  }),
  fix(at, domain) {
    const { access } = domain.memoryBacking;
    const needless = at === access && access.value.trim() === 'private';
    const drop = {
      title: say`Remove access: memory is private anyway`,
      edits: removeElement(at.parent, domain.document),
    };
    return needless ? [drop, useMemfd(domain)] : [useMemfd(domain)];
  },
});

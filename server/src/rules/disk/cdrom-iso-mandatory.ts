import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attribute, attributeValue, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { imageName } from './imageNames.ts';
import { qemuDisks } from './places.ts';

export const rule = defineRule<XmlAttribute>({
  id: 'disk/cdrom-iso-mandatory',
  severity: 'hint',
  needs: ['@device', '@file'],
  since: '0.9.7',
  *find(domain) {
    // Without a disk of its own the guest lives from the medium: then its absence should stop the start.
    if (!qemuDisks(domain).some((disk) => disk.writable)) return;
    for (const disk of qemuDisks(domain)) {
      const file = attribute(disk.source, 'file');
      const policy = attributeValue(disk.source, 'startupPolicy');
      if (disk.device === 'cdrom' && disk.type === 'file' && file?.value && policy === undefined) yield file;
    }
  },
  say: (file) => ({
    at: valueSpan(file),
    message: say`The guest can neither start nor migrate once \`${imageName(file.value)}\` is gone, and installation media are often tidied away. \`startupPolicy='optional'\` starts with an empty drive instead.`,
  }),
  fix: (file, domain) => [
    {
      title: say`Add startupPolicy='optional'`,
      edits: setAttribute(file.parent, 'startupPolicy', 'optional', domain.document),
    },
  ],
});

import { say } from '../../l10n/say.ts';
import { attribute, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { dropAttribute } from '../fixes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlAttribute>({
  id: 'graphics-security/rawio',
  severity: 'warning',
  since: '0.9.10',
  needs: ['@rawio'],
  *find(domain) {
    if (!domain.isQemu) return;
    for (const device of [...domain.devices('disk'), ...domain.devices('hostdev')]) {
      const rawio = attribute(device, 'rawio');
      if (rawio?.value.trim() === 'yes') yield rawio;
    }
  },
  say: (rawio) => ({
    at: valueSpan(rawio),
    message: say`\`rawio\` gives the whole QEMU process CAP_SYS_RAWIO, not this device alone: a guest that breaks out of it commands other disks of the host by SCSI. For cluster reservations \`<reservations managed='yes'/>\` does without (4.4.0).`,
  }),
  fix: (rawio, { document }) => [dropAttribute(rawio, document)],
});

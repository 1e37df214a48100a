import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attribute, attributeValue, child, valueSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropElement } from '../fixes.ts';
import { placeOf } from '../refusal.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlElement>({
  id: 'devices/tpm-passthrough',
  severity: 'warning',
  since: '4.5.0',
  needs: ['tpm'],
  *find(domain) {
    if (!domain.isQemu) return;
    for (const tpm of domain.devices('tpm')) {
      const backend = child(tpm, 'backend');
      // A proxy on pseries passes on what a hypervisor of its own asks, beside the guest's own TPM.
      const isProxy = attributeValue(tpm, 'model') === 'spapr-tpm-proxy';
      if (backend && !isProxy && attributeValue(backend, 'type') === 'passthrough') yield backend;
    }
  },
  say: (backend) => ({
    at: placeOf(backend, 'type'),
    message: say`The TPM of the host goes to this one guest: the host and all others lose it, and the guest can neither be migrated nor saved. An emulated TPM (swtpm) is one of its own.`,
    related: [child(backend, 'device')].flatMap((device) => {
      const path = attribute(device, 'path');
      return path ? [{ ...valueSpan(path), message: say`The TPM of the host` }] : [];
    }),
  }),
  fix(backend, { document }) {
    const device = child(backend, 'device');
    return [
      {
        title: say`Use an emulated TPM 2.0`,
        edits: [
          ...setAttribute(backend, 'type', 'emulator', document),
          ...setAttribute(backend, 'version', '2.0', document),
          ...(device ? dropElement(device, document).edits : []),
        ],
      },
    ];
  },
});

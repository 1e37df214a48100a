import { say } from '../../l10n/say.ts';
import { attributeValue, child, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { blockingDevices } from './devices.ts';

export const rule = defineRule<XmlElement>({
  id: 'migration/virtiofs',
  severity: 'hint',
  since: '6.2.0',
  needs: ['filesystem'],
  *find(domain) {
    if (!domain.isQemu || blockingDevices(domain).length > 0) return;
    const shared = domain.devices('filesystem');
    const first = shared.find((one) => attributeValue(child(one, 'driver'), 'type') === 'virtiofs');
    if (first) yield first;
  },
  say: (filesystem) => ({
    at: nameSpan(filesystem),
    message: say`With virtiofs the guest migrates, is saved and has snapshots with memory only if virtiofsd is 1.11 or newer and the directory is there on the other host. Snapshots never hold the shared files.`,
  }),
});

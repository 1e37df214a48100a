/** The rows about what a VM has written: its disks, the variables of its firmware, its TPM. */
import { say } from '../../../server/src/l10n/say.ts';
import { attributeValue } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';
import { elementsAt, type IdentityRow } from './identityTable.ts';
import type { DiskPlan, NvramPlan } from './types.ts';

export function diskRow(disk: DiskPlan): IdentityRow[] {
  const what = say`data of disk ${disk.target}`;
  switch (disk.action) {
    case 'empty':
      return [];
    case 'copy': {
      const { fromPath: from, toPath: to, way } = disk.copy;
      return way === 'link'
        ? [
            {
              what,
              fate: 'shared',
              from,
              to,
              why: say`The new image holds only what differs. The old one must stay as it is.`,
            },
          ]
        : [{ what, fate: 'new', from, to, why: say`A full copy: two VMs that write to one disk destroy it.` }];
    }
    case 'share':
      return [{ what, fate: 'shared', from: disk.source, to: disk.source, why: say`It is ${disk.reason}.` }];
    case 'later':
      return [
        { what, fate: 'new', from: disk.source, to: disk.to, why: say`It is not copied: somebody has to make it.` },
      ];
    case 'eject':
      return [{ what, fate: 'new', from: disk.source, to: undefined, why: say`The drive is empty: ${disk.reason}.` }];
    case 'remove':
      return [
        {
          what,
          fate: 'new',
          from: disk.source,
          to: undefined,
          why: say`The clone has no such disk: it ${disk.reason}`,
        },
      ];
  }
}

export function nvramRow(nvram: NvramPlan | undefined): IdentityRow[] {
  const what = say`UEFI variables`;
  if (!nvram) return [];
  if (nvram.action === 'copy') {
    const { fromPath: from, toPath: to } = nvram.copy;
    return [{ what, fate: 'new', from, to, why: say`A copy, with boot entries and keys.` }];
  }
  const why = say`Made afresh from the firmware’s template at the first start.`;
  return [{ what, fate: 'new', from: nvram.was, to: undefined, why }];
}

export function tpmRows(source: XmlElement): IdentityRow[] {
  return elementsAt(source, ['devices', 'tpm', 'backend']).map((backend) => {
    const type = attributeValue(backend, 'type') ?? '';
    const what = say`TPM`;
    if (type === 'emulator') {
      const why = say`Starts empty: what is sealed with the old one (BitLocker) needs its recovery key.`;
      return { what, fate: 'new', from: say`its state`, to: undefined, why };
    }
    const why = say`There is one of it: the two VMs cannot run at the same time.`;
    return { what, fate: 'shared', from: type, to: type, why };
  });
}

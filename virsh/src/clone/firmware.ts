/** The file with the UEFI variables: two VMs cannot share it. */
import { say } from '../../../server/src/l10n/say.ts';
import { removeElement, setAttribute, setText } from '../../../server/src/xml/edits.ts';
import { attributeValue, child, textOf } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';
import { type CopyPlace, placeFor, placeIn, planCopy } from './copies.ts';
import type { Draft } from './draft.ts';
import { freeName, splitEnding } from './names.ts';

export function planFirmware(draft: Draft): void {
  const nvram = child(draft.domain, 'os', 'nvram');
  if (nvram) planNvram(draft, nvram);
  const tpm = child(draft.domain, 'devices', 'tpm', 'backend');
  if (attributeValue(tpm, 'type') === 'emulator') {
    draft.warnings.push(say`The TPM of the clone starts empty: keys in it (for example of BitLocker) are not copied.`);
  }
}

function planNvram(draft: Draft, nvram: XmlElement): void {
  const source = child(nvram, 'source');
  const path = source ? attributeValue(source, 'file') : textOf(nvram);
  if (source && !path) {
    draft.refusals.push(say`The UEFI variables lie on a device or on the network, where libvirt cannot copy them.`);
    return;
  }
  // Without a path libvirt makes one of the domain's name.
  if (!path) return;
  const found = draft.method === 'definition' ? undefined : draft.source.volumes.get(path);
  const place = found && (placeFor(draft, found) ?? besideDisks(draft));
  if (found && place) {
    const [, ending] = splitEnding(found.volume.name);
    const copy = planCopy(draft, found, place, (taken) => freeName(`${draft.name}_VARS`, ending || '.fd', taken));
    draft.nvram = { action: 'copy', copy };
    draft.edits.push(
      ...(source ? setAttribute(source, 'file', copy.toPath, draft.document) : setText(nvram, copy.toPath)),
    );
    return;
  }
  draft.nvram = { action: 'fresh', was: path };
  const reason =
    draft.method === 'definition'
      ? say`is not copied.`
      : (draft.source.unreachable.get(path) ??
        (found ? say`has no place on the other host.` : say`lies in no active storage pool.`));
  draft.warnings.push(
    say`The file with the UEFI variables (${path}) ${reason} The clone starts with fresh ones of the firmware, without boot entries or keys of its own.`,
  );
  const hasTemplate = attributeValue(nvram, 'template') !== undefined && !source;
  draft.edits.push(...(hasTemplate ? setText(nvram, '') : removeElement(nvram, draft.document)));
}

/** On another host a pool that nobody has chosen for the variables: that of the first disk. */
function besideDisks({ destination, disks }: Draft): CopyPlace | undefined {
  const copy = disks.find((disk) => disk.action === 'copy')?.copy;
  return destination && placeIn(destination, copy?.pool);
}

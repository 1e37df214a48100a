import { firmware } from '../../domain/firmware.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attribute, attributeValue, textSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { isShared } from './paths.ts';

export const rule = defineRule<XmlElement>({
  id: 'firmware-boot/loader-writable',
  severity: 'warning',
  needs: ['loader'],
  *find(domain) {
    const { selection, loader, path, type, nvram } = firmware(domain);
    if (!domain.isQemu || selection || !loader || type !== 'pflash') return;
    // A private copy of an image that holds code and variables is written to rightly.
    const isPrivate = !nvram && !isShared(path);
    if ((attributeValue(loader, 'readonly') ?? 'no') === 'no' && !isPrivate) yield loader;
  },
  say: (loader) => ({
    at: textSpan(loader),
    message: say`The guest may write to the firmware's code, and with it to that of every guest that boots from this file; libvirt makes it no variable store either. Mark it \`readonly='yes'\`.`,
  }),
  fix: (loader, { document }) => [
    {
      title: attribute(loader, 'readonly') ? say`Change readonly to 'yes'` : say`Add readonly='yes'`,
      edits: setAttribute(loader, 'readonly', 'yes', document),
    },
  ],
});

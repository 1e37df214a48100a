import { firmware } from '../../domain/firmware.ts';
import { say } from '../../l10n/say.ts';
import { removeElement } from '../../xml/edits.ts';
import { child, childElements, textOf, textSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { isOfInstaller } from './paths.ts';

export const rule = defineRule<XmlElement>({
  id: 'firmware-boot/kernel-left-over',
  severity: 'hint',
  needs: ['kernel'],
  *find(domain) {
    const { os } = firmware(domain);
    const kernel = os && child(os, 'kernel');
    // An installer that is not to be started again is told so by on_reboot.
    if (!kernel || textOf(child(domain.root, 'on_reboot')) === 'destroy') return;
    if (domain.isQemu && isOfInstaller(textOf(kernel)) && domain.disks.some(({ writable }) => writable)) yield kernel;
  },
  say: (kernel) => ({
    at: textSpan(kernel),
    message: say`This looks like an installer's kernel: it is booted each time, whatever the disk holds. After the installation remove \`<kernel>\` and what goes with it.`,
  }),
  fix: (kernel, { document }) => {
    const os = kernel.parent;
    const gone = os ? childElements(os).filter(({ name }) => ['kernel', 'initrd', 'cmdline'].includes(name)) : [];
    return [{ title: say`Boot from the disk`, edits: gone.flatMap((element) => removeElement(element, document)) }];
  },
});

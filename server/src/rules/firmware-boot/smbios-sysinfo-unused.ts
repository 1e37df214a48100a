import { firmware } from '../../domain/firmware.ts';
import { say } from '../../l10n/say.ts';
import { insertChild, setAttribute } from '../../xml/edits.ts';
import { attributeValue, child, childElements, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

interface Match {
  readonly sysinfo: XmlElement;
  readonly os: XmlElement;
}

/** What libvirt writes behind smbios. */
const YOUNGER = ['bios', 'acpi', 'loader', 'nvram'];

export const rule = defineRule<Match>({
  id: 'firmware-boot/smbios-sysinfo-unused',
  severity: 'warning',
  tags: ['unnecessary'],
  since: '0.8.7',
  needs: ['sysinfo', 'os'],
  *find(domain) {
    const { os } = firmware(domain);
    if (!os || !domain.isQemu) return;
    const isRead = attributeValue(child(os, 'smbios'), 'mode') === 'sysinfo';
    for (const sysinfo of childElements(domain.root, 'sysinfo'))
      if (attributeValue(sysinfo, 'type') === 'smbios' && childElements(sysinfo).length > 0 && !isRead)
        yield { sysinfo, os };
  },
  say: ({ sysinfo }) => ({
    at: nameSpan(sysinfo),
    message: say`These strings never reach the guest: libvirt hands them over only with \`<smbios mode='sysinfo'/>\` in \`<os>\`. Add it.`,
  }),
  fix: ({ os }, { document }) => {
    const smbios = child(os, 'smbios');
    const before = childElements(os).find(({ name }) => YOUNGER.includes(name));
    const elder = childElements(os)
      .filter((one) => one !== before && !YOUNGER.includes(one.name))
      .at(-1);
    const edits = smbios
      ? setAttribute(smbios, 'mode', 'sysinfo', document)
      : insertChild(os, "<smbios mode='sysinfo'/>", document, elder ? { after: elder } : {});
    return [{ title: say`Add <smbios mode='sysinfo'/>`, edits }];
  },
});

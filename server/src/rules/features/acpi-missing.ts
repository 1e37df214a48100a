import { firmware } from '../../domain/firmware.ts';
import { addFeature, feature } from '../../domain/hypervisorFeatures.ts';
import { platform } from '../../domain/platform.ts';
import { say } from '../../l10n/say.ts';
import { child, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlElement>({
  id: 'features/acpi-missing',
  severity: 'warning',
  *find(domain) {
    const { os, isUefi } = firmware(domain);
    const { machine } = platform(domain);
    const isPc = machine === 'q35' || machine === 'i440fx';
    // UEFI without it is refused; a kernel that is booted directly may well do without.
    if (!os || !domain.isQemu || !isPc || isUefi || child(os, 'kernel') || feature(domain, 'acpi')) return;
    yield child(domain.root, 'features') ?? domain.root;
  },
  say: (element) => ({
    at: nameSpan(element),
    message: say`ACPI is off, as what \`<features>\` does not name is: \`virsh shutdown\` and \`reboot\` have no effect, devices and vCPUs cannot be plugged in, and Windows does not boot. Add \`<acpi/>\`.`,
  }),
  fix: (_, domain) => [{ title: say`Add <acpi/>`, edits: addFeature(domain, '<acpi/>', true) }],
});

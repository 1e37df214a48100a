import { feature } from '../../domain/hypervisorFeatures.ts';
import { platform } from '../../domain/platform.ts';
import { say } from '../../l10n/say.ts';
import { insertAfter, insertChild } from '../../xml/edits.ts';
import { child, textOf, textSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

/** Actions that somebody chose for what they leave behind; `restart` was written by every tool for years. */
const EXPECTANT = new Set(['coredump-destroy', 'coredump-restart', 'preserve']);

export const rule = defineRule<XmlElement>({
  id: 'lifecycle/crash-action-without-panic',
  severity: 'warning',
  since: '1.2.1',
  needs: ['on_crash'],
  *find(domain) {
    const action = child(domain.root, 'on_crash');
    if (!action || !domain.isQemu || platform(domain).architecture !== 'x86') return;
    if (EXPECTANT.has(textOf(action)) && domain.devices('panic').length === 0) yield action;
  },
  say: (action) => ({
    at: textSpan(action),
    message: say`\`${textOf(action)}\` never happens: QEMU hears of a crash of the guest's kernel from a panic device only, and there is none. Add \`<panic model='isa'/>\` (Windows: \`hyperv\`).`,
  }),
  fix: (action, domain) => {
    const model = feature(domain, 'hyperv') ? 'hyperv' : 'isa';
    const panic = `<panic model='${model}'/>`;
    const devices = child(domain.root, 'devices');
    const edits = devices
      ? insertChild(devices, panic, domain.document)
      : insertAfter(action, `<devices>\n  ${panic}\n</devices>`, domain.document);
    return [{ title: say`Add ${panic}`, edits }];
  },
});

/** What an encrypted guest does not start without, though libvirt takes the definition. */
import type { Domain } from '../../domain/domain.ts';
import { firmware } from '../../domain/firmware.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { insertChild, setAttribute } from '../../xml/edits.ts';
import { attributeValue, child, nameSpan } from '../../xml/query.ts';
import type { Span, XmlElement } from '../../xml/tree.ts';
import { addLimit, comfortableLimit, limitElement } from '../memory/limits.ts';
import { placeOf } from '../refusal.ts';
import { defineRule } from '../rule.ts';
import { sevOf } from './sev.ts';

interface Match {
  readonly at: Span;
  readonly message: string;
  readonly fix: Fix | undefined;
}

function* withoutUefi(domain: Domain, security: XmlElement): Generator<Match> {
  const { os, isUefi, path } = firmware(domain);
  // A path without a type is a ROM, which the images made for SNP are.
  if (!os || isUefi || path !== '') return;
  yield {
    at: placeOf(security, 'type'),
    message: say`An encrypted guest boots by UEFI alone, and this one has the BIOS. Give \`<os>\` \`firmware="efi"\`.`,
    fix: { title: say`Add firmware='efi'`, edits: setAttribute(os, 'firmware', 'efi', domain.document) },
  };
}

function* withoutLimit(domain: Domain, security: XmlElement): Generator<Match> {
  const { memory, memoryBacking } = domain;
  if (!memory || memoryBacking.locked || limitElement(domain, 'hard_limit')) return;
  yield {
    at: placeOf(security, 'type'),
    message: say`Encrypted pages stay where they are, so QEMU locks all memory of the guest: with the usual limit of the host it does not start. Allow it with \`<hard_limit>\` in \`<memtune>\`.`,
    fix: { title: say`Add a hard_limit`, edits: addLimit(domain, comfortableLimit(memory)) },
  };
}

function* optionRoms(domain: Domain): Generator<Match> {
  for (const { element, model } of domain.interfaces) {
    const rom = child(element, 'rom');
    if (!model?.startsWith('virtio') || attributeValue(rom, 'enabled') === 'no' || attributeValue(rom, 'bar') === 'off')
      continue;
    yield {
      at: nameSpan(element),
      message: say`The boot ROM of a network card (iPXE) doesn't know encrypted memory, and the firmware hangs in it. Switch it off with \`<rom enabled='no'/>\`.`,
      fix: {
        title: say`Switch the boot ROM off`,
        edits: rom
          ? setAttribute(rom, 'enabled', 'no', domain.document)
          : insertChild(element, "<rom enabled='no'/>", domain.document),
      },
    };
  }
}

export const rule = defineRule<Match>({
  id: 'devices/sev-requirements',
  severity: 'warning',
  since: '4.4.0',
  needs: ['launchSecurity'],
  *find(domain) {
    const sev = sevOf(domain);
    if (!sev) return;
    yield* withoutUefi(domain, sev.element);
    if (!sev.isSnp) yield* withoutLimit(domain, sev.element);
    yield* optionRoms(domain);
  },
  say: ({ at, message }) => ({ at, message }),
  fix: ({ fix }) => (fix ? [fix] : []),
});

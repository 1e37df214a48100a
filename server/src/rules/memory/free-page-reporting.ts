/** A balloon that could hand back what the guest has freed, by itself. */
import { guestSystem } from '../../domain/guestSystem.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attribute, child, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { virtioBalloons } from './balloon.ts';
import { pinsMemory } from './limits.ts';

/** libvirt has given the device its place: this guest exists, and another balloon would change the machine that it knows. */
function isPlaced(balloon: XmlElement): boolean {
  return child(balloon, 'address') !== undefined || child(balloon, 'alias') !== undefined;
}

export const rule = defineRule<XmlElement>({
  id: 'memory/free-page-reporting',
  severity: 'hint',
  needs: ['memballoon'],
  since: '6.9.0',
  find(domain) {
    const { hugepages, locked } = domain.memoryBacking;
    if (!domain.isKvm || hugepages || locked || pinsMemory(domain) || guestSystem(domain) === 'windows') return [];
    return virtioBalloons(domain).filter((balloon) => !attribute(balloon, 'freePageReporting') && !isPlaced(balloon));
  },
  say: (balloon) => ({
    at: nameSpan(balloon),
    message: say`With \`freePageReporting="on"\` the guest tells which pages it no longer uses and the host takes them back, without anyone moving the balloon. Needs QEMU 5.1 and a Linux 5.7 guest.`,
  }),
  fix: (balloon, { document }) => [
    { title: say`Report free pages`, edits: setAttribute(balloon, 'freePageReporting', 'on', document) },
  ],
});

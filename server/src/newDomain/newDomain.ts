/** A new VM as a document to be read: every decision that somebody might take otherwise has its remark. */
import { say } from '../l10n/say.ts';
import { escapeText } from '../xml/edits.ts';
import type { Answers } from './answers.ts';
import { consoles, network, screen, supplies, usb } from './devices.ts';
import { disks } from './disks.ts';
import { around, quoted, remark, when } from './lines.ts';
import { clock, cpu, features, firmware, memory, processors } from './machine.ts';
import { traitsFor } from './traits.ts';

export function newDomain(answers: Answers): string {
  const wanted = traitsFor(answers);
  const isEmulated = answers.lacks.includes('kvm');
  const lines = around(
    `domain type=${quoted(isEmulated ? 'qemu' : 'kvm')}`,
    when(isEmulated, ...remark(say`The host has no KVM: QEMU emulates the processor, and the guest is slow.`)),
    `<name>${escapeText(answers.name)}</name>`,
    memory(answers, wanted),
    processors(answers, wanted),
    firmware(answers, wanted),
    features(wanted),
    cpu(answers, wanted),
    clock(wanted),
    around(
      'devices',
      disks(answers, wanted),
      usb(wanted),
      network(answers, wanted),
      consoles(wanted),
      screen(wanted),
      supplies(wanted),
    ),
  );
  return `${lines.join('\n')}\n`;
}

/** A new VM as a document to be read: every decision that somebody might take otherwise has its remark. */
import { escapeText } from '../xml/edits.ts';
import type { Answers } from './answers.ts';
import { consoles, network, screen, supplies, usb } from './devices.ts';
import { disks } from './disks.ts';
import { around } from './lines.ts';
import { clock, cpu, features, firmware, memory, processors } from './machine.ts';
import { traits } from './traits.ts';

export function newDomain(answers: Answers): string {
  const wanted = traits[answers.purpose];
  const lines = around(
    "domain type='kvm'",
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

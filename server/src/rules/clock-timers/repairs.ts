/** Edits to `<clock>` that several rules offer. */
import type { Domain } from '../../domain/domain.ts';
import type { TextEdit } from '../../finding.ts';
import { insertAfter, insertChild } from '../../xml/edits.ts';
import { child, childElements } from '../../xml/query.ts';

/** What stands before `<clock>` where libvirt writes it, the nearest first. */
const ELDERS = ['cpu', 'features', 'os'];

/** Adds timers behind those that there are; makes the clock where it is missing. */
export function addTimers(domain: Domain, timers: readonly string[], offset = 'utc'): TextEdit[] {
  const clock = child(domain.root, 'clock');
  const { document } = domain;
  if (clock) return insertChild(clock, timers.join('\n'), document);
  const whole = [`<clock offset='${offset}'>`, ...timers.map((timer) => `  ${timer}`), '</clock>'].join('\n');
  const elder = ELDERS.flatMap((name) => childElements(domain.root, name).at(-1) ?? [])[0];
  return elder ? insertAfter(elder, whole, document) : insertChild(domain.root, whole, document);
}

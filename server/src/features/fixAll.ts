/** Makes every fix that nobody needs to think about, as at each save: applied twice it changes nothing more, but for a suppression that it made needless. */
import type { Finding, Fix, TextEdit } from '../finding.ts';
import { mend, type WantedFix } from './mend.ts';

/** A document with more faults is none that somebody is writing: reading it anew after each round would take too long. */
const MOST_FINDINGS = 500;

/** The edits, or none where nothing is to be mended or the document would be worse afterwards. */
export function fixAll(text: string, check: (text: string) => readonly Finding[]): readonly TextEdit[] {
  const before = check(text);
  if (before.length > MOST_FINDINGS) return [];
  const { text: after, edits } = mend(text, check, safe);
  return errorsIn(check(after)) <= errorsIn(before) ? edits : [];
}

/**
 * What libvirt refuses, and what is deprecated or without effect: all other advice changes the guest, so somebody must have read
 * it. No element comes or goes: what is half written must neither vanish at a save nor be filled up with what nobody said.
 */
const safe: WantedFix = {
  rules: undefined,
  severities: new Set(['error', 'warning']),
  accepts: (fix, text, { severity, tags }) => (severity === 'error' || tags !== undefined) && keepsElements(fix, text),
};

function keepsElements({ edits }: Fix, text: string): boolean {
  const tags = (of: string): number => of.match(/<[^\s/!?]/g)?.length ?? 0;
  const removed = edits.reduce((sum, { start, end }) => sum + tags(text.slice(start, end)), 0);
  const added = edits.reduce((sum, { newText }) => sum + tags(newText), 0);
  return removed === added;
}

function errorsIn(findings: readonly Finding[]): number {
  return findings.filter(({ severity }) => severity === 'error').length;
}

/**
 * The audit log to read and to copy from. The command lines are what a shell takes; everything else stands in comments, so that what is copied by
 * and by is never half a sentence.
 */
import { say } from '../../../server/src/l10n/say.ts';
import type { AuditRecord } from '../../../virsh/src/index.ts';

/** Records newest first; times are those of the reader’s clock. */
export function auditPage(records: readonly AuditRecord[]): string {
  const head = [
    say`# Commands that virtlint gave to change something, newest first.`,
    say`# The document that a --file names was removed again after the command; it is not kept here.`,
  ];
  if (records.length === 0) head.push(say`# None so far.`);
  return `${[head.join('\n'), ...records.map(entry)].join('\n\n')}\n`;
}

function entry(record: AuditRecord): string {
  const { time, host, commandLine, end } = record;
  const facts = [localTime(time), host, subject(record), outcome(record)].join(' · ');
  const said = end?.stderr ? [comment(end.stderr)] : [];
  return [comment(facts), commandLine, ...said].join('\n');
}

/** `start of web (UUID)`, `attach-device: disk vdb of web`. */
function subject({ change: { verb, object, domain }, domainName }: AuditRecord): string {
  const name = domainName !== undefined && domainName !== domain ? `${domainName} (${domain})` : domain;
  const what = object === '' ? verb : `${verb}: ${object}`;
  return name === undefined ? what : say`${what} of ${name}`;
}

function outcome({ end }: AuditRecord): string {
  if (!end) return say`under way, or the window was closed before its end`;
  const seconds = `${(end.milliseconds / 1000).toFixed(1)} s`;
  if (end.outcome === 'ok') return `${say`exit ${0}`}, ${seconds}`;
  const exit = end.exitCode === null ? say`no exit status` : say`exit ${end.exitCode}`;
  return `${exit} (${end.outcome}), ${seconds}`;
}

/** Names may contain anything: no line of them may look like a command. */
function comment(text: string): string {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => `# ${line}`)
    .join('\n');
}

/** `2026-11-23 07:10:12 +01:00`: the clock of the reader's machine. */
function localTime(time: Date): string {
  const offset = -time.getTimezoneOffset();
  const shifted = new Date(time.getTime() + offset * 60_000).toISOString();
  const zone = [Math.trunc(Math.abs(offset) / 60), Math.abs(offset) % 60].map((part) => String(part).padStart(2, '0'));
  return `${shifted.slice(0, 10)} ${shifted.slice(11, 19)} ${offset < 0 ? '-' : '+'}${zone.join(':')}`;
}

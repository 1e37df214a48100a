/** The lines of the audit log. */
import type { Change } from './change.ts';
import type { AuditEnd, AuditStart } from './recording.ts';

export interface AuditRecord extends AuditStart {
  readonly id: string;
  readonly time: Date;
  /** As it was called when the command was given. */
  readonly domainName?: string;
  /** Undefined while it runs, and where the window was closed before its end. */
  readonly end?: AuditEnd;
}

const commandLineLimit = 8 * 1024;
const stderrLimit = 2 * 1024;

export function startLine({ id, time, host, commandLine, change, domainName }: AuditRecord): string {
  return JSON.stringify({
    id,
    time: time.toISOString(),
    host,
    command: cut(commandLine, commandLineLimit),
    ...change,
    domainName,
  });
}

export function endLine(id: string, { outcome, exitCode, milliseconds, stderr }: AuditEnd): string {
  return JSON.stringify({
    id,
    outcome,
    exit: exitCode,
    ms: milliseconds,
    stderr: cut(stderr.trimEnd(), stderrLimit) || undefined,
  });
}

/** Newest first. Lines of other programs, broken lines and ends without a start are passed over. */
export function readRecords(text: string): readonly AuditRecord[] {
  const records = new Map<string, AuditRecord>();
  for (const line of text.split('\n')) {
    const fields = fieldsOf(line);
    const { id } = fields;
    if (typeof id !== 'string') continue;
    const known = records.get(id);
    const start = known ?? startOf(id, fields);
    const end = known && endOf(fields);
    if (start) records.set(id, end ? { ...start, end } : start);
  }
  return [...records.values()].reverse().sort((a, b) => b.time.getTime() - a.time.getTime());
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(line: string): Fields {
  try {
    const read: unknown = JSON.parse(line);
    return typeof read === 'object' && read !== null ? { ...read } : {};
  } catch {
    return {};
  }
}

function startOf(
  id: string,
  { time, host, command, verb, object, domain, domainName }: Fields,
): AuditRecord | undefined {
  if (typeof time !== 'string' || typeof host !== 'string' || typeof command !== 'string') return undefined;
  if (typeof verb !== 'string' || typeof object !== 'string' || Number.isNaN(Date.parse(time))) return undefined;
  const change: Change = { verb, object, ...(typeof domain === 'string' ? { domain } : {}) };
  const named = typeof domainName === 'string' ? { domainName } : {};
  return { id, time: new Date(time), host, commandLine: command, change, ...named };
}

function endOf({ outcome, exit, ms, stderr }: Fields): AuditEnd | undefined {
  if (typeof outcome !== 'string' || typeof ms !== 'number') return undefined;
  const exitCode = typeof exit === 'number' ? exit : null;
  return { outcome, exitCode, milliseconds: ms, stderr: typeof stderr === 'string' ? stderr : '' };
}

function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit)}…`;
}

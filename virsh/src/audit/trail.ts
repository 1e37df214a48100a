/**
 * The audit log on disk: one line of JSON when a command starts and one when it ends, so that what was under way when a window closed is seen too.
 * It lies in files of bounded size, the oldest of which go: several windows may write at once, and none renames or rewrites what another has open.
 */
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { Audit, AuditEnd, AuditStart } from './recording.ts';
import { type AuditRecord, endLine, readRecords, startLine } from './records.ts';

export interface AuditTrailOptions {
  /** A folder of its own; made when the first command is written down. */
  readonly directory: string;
  /** The name of a domain by its UUID, where it is known: it may be gone when the log is read. */
  readonly nameOf?: (host: string, domain: string) => string | undefined;
  /** Told when something could not be written down. The command goes on. */
  readonly onTrouble?: (fault: unknown) => void;
  /** Bytes after which a new file is begun; about 1,000 commands where it is not given. */
  readonly fileBytes?: number;
  /** How many files are kept; eight where it is not given. */
  readonly files?: number;
}

const usualFileBytes = 512 * 1024;
const usualFiles = 8;
const ending = '.jsonl';

export class AuditTrail implements Audit {
  readonly #options: AuditTrailOptions;

  constructor(options: AuditTrailOptions) {
    this.#options = options;
  }

  begin(start: AuditStart): (end: AuditEnd) => void {
    const id = randomUUID();
    const { domain } = start.change;
    const domainName = domain === undefined ? undefined : this.#options.nameOf?.(start.host, domain);
    this.#write(startLine({ id, time: new Date(), ...start, ...(domainName === undefined ? {} : { domainName }) }));
    return (end) => this.#write(endLine(id, end));
  }

  /** Newest first. What is not ours in the files is passed over. */
  read(): readonly AuditRecord[] {
    return readRecords(this.#files().map(readIfThere).join('\n'));
  }

  /** At once and not later: this process may end, and the line is short. */
  #write(line: string): void {
    try {
      mkdirSync(this.#options.directory, { recursive: true, mode: 0o700 });
      const file = openSync(this.#current(), 'a', 0o600);
      try {
        if (process.platform !== 'win32') fchmodSync(file, 0o600);
        writeSync(file, `${line}\n`);
      } finally {
        closeSync(file);
      }
    } catch (fault) {
      this.#options.onTrouble?.(fault);
    }
  }

  /** The newest file while it is small, else the path of a new one. */
  #current(): string {
    const { directory, fileBytes = usualFileBytes, files: kept = usualFiles } = this.#options;
    const files = this.#files();
    const newest = files.at(-1);
    if (newest !== undefined && statSync(newest).size < fileBytes) return newest;
    for (const oldest of files.slice(0, Math.max(0, files.length - kept + 1))) rmSync(oldest, { force: true });
    return path.join(directory, `${new Date().toISOString().replaceAll(':', '-')}${ending}`);
  }

  /** Oldest first: their names are times. */
  #files(): readonly string[] {
    const { directory } = this.#options;
    try {
      const names = readdirSync(directory).filter((name) => name.endsWith(ending));
      return names.sort().map((name) => path.join(directory, name));
    } catch {
      return [];
    }
  }
}

/** Another window may have removed it in the meantime. */
function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/**
 * Every definition that is replaced is kept first, in the extension's own storage, for its owner's eyes only: there are passwords in it.
 * `backups/CONNECTION/UUID/TIME.xml`, where every window of this machine finds it.
 */
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import type { ExistingDomain, Result } from '../../../virsh/src/index.ts';
import type { Log } from '../log.ts';

type Told = Pick<Log, 'info' | 'warn'>;

/** Definitions of one VM beyond this many are removed, oldest first. */
const KEPT = 50;
const FORM = /^\d{4}-\d\d-\d\dT[\d-]+\.\d+Z\.xml$/;
const LOCK = 'defining';
const LOCK_WAIT_MILLISECONDS = 10_000;
/** No definition takes as long: whoever left the lock has gone. */
const LOCK_LIFE_MILLISECONDS = 5 * 60_000;

export class History {
  private readonly root: string;
  private readonly log: Told;

  constructor(storage: string, log: Told) {
    this.root = path.join(storage, 'backups');
    this.log = log;
  }

  /** Keeps a definition; the name of its file. The error is why it cannot: then nothing may be replaced. */
  async keep(connection: string, domain: ExistingDomain): Promise<Result<string, string>> {
    const folder = this.folder(connection, domain.uuid);
    const file = path.join(folder, `${new Date().toISOString().replaceAll(':', '-')}.xml`);
    try {
      const [newest] = await this.list(connection, domain.uuid);
      if (newest !== undefined && (await this.read(connection, domain.uuid, newest)) === domain.xml) {
        return { ok: true, value: newest };
      }
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeWhole(file, domain.xml);
    } catch (fault) {
      return { ok: false, error: String(fault) };
    }
    this.log.info(`The definition of ${domain.name} on ${connection} is kept in ${file}`);
    await this.removeOldest(folder).catch((fault) => this.log.warn(`Old backups were not removed: ${String(fault)}`));
    return { ok: true, value: path.basename(file) };
  }

  /** The files of what was replaced, newest first. */
  async list(connection: string, uuid: string): Promise<readonly string[]> {
    const names = await readdir(this.folder(connection, uuid)).catch(() => []);
    return names
      .filter((name) => FORM.test(name))
      .sort()
      .reverse();
  }

  async read(connection: string, uuid: string, kept: string): Promise<string> {
    return readFile(path.join(this.folder(connection, uuid), path.basename(kept)), 'utf8');
  }

  /**
   * Does something to a VM while no other window of this machine does: libvirt itself compares nothing before it replaces a definition.
   * False: another one has been at it all the time that could be waited.
   */
  async alone<T>(connection: string, uuid: string, work: () => Promise<T>): Promise<T | false> {
    const folder = this.folder(connection, uuid);
    const lock = path.join(folder, LOCK);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const deadline = Date.now() + LOCK_WAIT_MILLISECONDS; !(await taken(lock)); ) {
      if (Date.now() > deadline) return false;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    try {
      return await work();
    } finally {
      await rm(lock, { force: true });
    }
  }

  private async removeOldest(folder: string): Promise<void> {
    const oldest = (await readdir(folder))
      .filter((name) => FORM.test(name))
      .sort()
      .slice(0, -KEPT);
    await Promise.all(oldest.map((name) => rm(path.join(folder, name))));
  }

  private folder(connection: string, uuid: string): string {
    return path.join(this.root, folderName(connection), folderName(uuid));
  }
}

/** A file that is there is whole: on a full disk none is left. */
async function writeWhole(file: string, text: string): Promise<void> {
  const part = `${file}.part`;
  try {
    await writeFile(part, text, { mode: 0o600, flag: 'wx' });
    await rename(part, file);
  } catch (fault) {
    await rm(part, { force: true });
    throw fault;
  }
}

/** When a definition was kept, by the name of its file. */
export function keptAt(kept: string): Date {
  const [, day, hours, minutes, seconds] = /^(.*)T(\d+)-(\d+)-(.*)Z\.xml$/.exec(kept) ?? [];
  return new Date(`${day}T${hours}:${minutes}:${seconds}Z`);
}

/** Who holds the lock: a process of this machine, by which can be seen whether it still lives. */
const holder = `${hostname()} ${process.pid}`;

async function taken(lock: string): Promise<boolean> {
  try {
    const file = await open(lock, 'wx', 0o600);
    // On a full disk the lock is one all the same.
    await file.writeFile(holder).catch(() => undefined);
    await file.close();
    return true;
  } catch {
    const age = await stat(lock).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > LOCK_LIFE_MILLISECONDS || (await isAbandoned(lock))) await rm(lock, { force: true });
    return false;
  }
}

/** The window that took the lock has ended without giving it back. */
async function isAbandoned(lock: string): Promise<boolean> {
  const text = await readFile(lock, 'utf8').catch(() => '');
  const [, machine, id] = /^(.*) (\d+)$/.exec(text) ?? [];
  if (machine !== hostname()) return false;
  try {
    process.kill(Number(id), 0);
    return false;
  } catch (fault) {
    return fault instanceof Error && 'code' in fault && fault.code === 'ESRCH';
  }
}

/** A connection may be called anything: `..` too. */
function folderName(name: string): string {
  return encodeURIComponent(name).replaceAll('.', '%2E');
}

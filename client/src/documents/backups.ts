/** Every definition that is replaced is kept first, in the extension's own storage. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ExistingDomain, Result } from '../../../virsh/src/index.ts';
import type { ClientContext } from '../context.ts';

/** Backups of one VM beyond this many are removed, oldest first. */
const KEPT = 50;

/** Keeps a definition, with its passwords and for its owner's eyes only. The error is why it cannot: then nothing may be replaced. */
export async function keepBackup(
  { extension, log }: Pick<ClientContext, 'extension' | 'log'>,
  host: string,
  domain: ExistingDomain,
): Promise<Result<string, string>> {
  const folder = path.join(extension.globalStorageUri.fsPath, 'backups', folderName(host), domain.uuid);
  const file = path.join(folder, `${new Date().toISOString().replaceAll(':', '-')}.xml`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(file, domain.xml, { mode: 0o600, flag: 'wx' });
  } catch (fault) {
    return { ok: false, error: String(fault) };
  }
  log.info(`The definition of ${domain.name} on ${host} is kept in ${file}`);
  await removeOldest(folder).catch((fault) => log.warn(`Old backups were not removed: ${String(fault)}`));
  return { ok: true, value: file };
}

async function removeOldest(folder: string): Promise<void> {
  const oldest = (await readdir(folder)).sort().slice(0, -KEPT);
  await Promise.all(oldest.map((name) => rm(path.join(folder, name))));
}

/** A connection may be called anything: `..` too. */
function folderName(host: string): string {
  return encodeURIComponent(host).replaceAll('.', '%2E');
}

/** Every definition that is replaced is kept first, in the extension's own storage. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ExistingDomain, Result } from '../../../virsh/src/index.ts';
import type { ClientContext } from '../context.ts';

/** Backups of one VM beyond this many are removed, oldest first. */
const KEPT = 50;

/** Keeps a definition, with its passwords and for its owner's eyes only. The error is why it cannot: then nothing may be replaced. */
export async function keepBackup(
  context: ClientContext,
  host: string,
  domain: ExistingDomain,
): Promise<Result<string, string>> {
  try {
    return { ok: true, value: await keep(context, host, domain) };
  } catch (fault) {
    return { ok: false, error: fault instanceof Error ? fault.message : String(fault) };
  }
}

async function keep({ extension, log }: ClientContext, host: string, domain: ExistingDomain): Promise<string> {
  const folder = path.join(extension.globalStorageUri.fsPath, 'backups', encodeURIComponent(host), domain.uuid);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `${new Date().toISOString().replaceAll(':', '-')}.xml`);
  await writeFile(file, domain.xml, { mode: 0o600, flag: 'wx' });
  log.info(`The definition of ${domain.name} on ${host} is kept in ${file}`);
  const older = (await readdir(folder)).sort().slice(0, -KEPT);
  await Promise.all(older.map((name) => rm(path.join(folder, name))));
  return file;
}

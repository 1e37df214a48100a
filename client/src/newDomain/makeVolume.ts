/** Makes the volume that the document of a new VM names. */
import * as vscode from 'vscode';
import { GIBIBYTE, roundedSize } from '../../../server/src/domain/sizes.ts';
import type { Disk } from '../../../server/src/newDomain/answers.ts';
import { type Host, storage } from '../../../virsh/src/index.ts';
import type { ClientContext } from '../context.ts';
import { confirmBeside, mention } from '../notify.ts';
import { withProgress } from '../progress.ts';
import { report } from '../report.ts';

export type VolumeDisk = Extract<Disk, { kind: 'volume' }>;

/** @param available bytes that the pool has free, where that is known. False: it is not made, and was to be; why has been reported. */
export async function makeVolume(
  context: ClientContext,
  host: Host,
  { pool, volume, format, gibibytes }: VolumeDisk,
  available?: number,
): Promise<boolean> {
  const where = host.connection.name;
  const bytes = gibibytes * GIBIBYTE;
  const question = vscode.l10n.t(
    'Make the volume {0} of {1} GiB in the pool {2} of {3}?',
    volume,
    gibibytes,
    pool,
    where,
  );
  const isLarge = available !== undefined && bytes > available;
  const warning =
    isLarge && vscode.l10n.t('It grows up to that size, and the pool has {0} free.', roundedSize(available));
  if (!(await confirmBeside(question, vscode.l10n.t('Make'), warning ? { detail: warning } : {}))) return true;
  const command = storage.createVolume(pool, volume, bytes, format);
  const making = vscode.l10n.t('Making the volume {0} on {1}', volume, where);
  const made = await withProgress(making, (signal) => host.run(command, { signal }));
  if (made.ok) mention(vscode.l10n.t('{0} is in the pool {1} of {2}.', volume, pool, where));
  else report(context, made.error);
  return made.ok;
}

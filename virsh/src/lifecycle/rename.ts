/** Another name for a domain. */
import { say } from '../../../server/src/l10n/say.ts';
import { rename } from '../commands/lifecycle.ts';
import { listDomains } from '../domains.ts';
import type { VirshFailure } from '../failures/explain.ts';
import { failure, type Result, success } from '../result.ts';
import type { Runner, RunOptions } from '../run/runner.ts';

/** The success says that the domain has the name now. libvirt renames only what is off. */
export async function renameDomain(
  runner: Runner,
  uuid: string,
  newName: string,
  options: RunOptions = {},
): Promise<Result<void, VirshFailure>> {
  const renamed = await runner.run(rename(uuid, newName), options);
  const after = await listDomains(runner);
  if (after.ok && after.value.some((entry) => entry.uuid === uuid && entry.name === newName)) return success(undefined);
  if (!renamed.ok) return renamed;
  if (!after.ok) return after;
  const message = say`libvirt agreed, but the VM is not called ${newName}.`;
  return failure({ kind: 'other', message, commandLine: '', exitCode: null, stderr: '' });
}

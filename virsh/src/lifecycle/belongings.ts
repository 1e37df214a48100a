/** What belongs to a domain besides its definition. */
import { listCheckpoints, listSnapshots } from '../commands/snapshot.ts';
import type { DomainEntry } from '../domains.ts';
import type { VirshFailure } from '../failures/explain.ts';
import { readDomains } from '../inventory.ts';
import { parseDomain } from '../output/domainXml.ts';
import { readXml } from '../output/xml.ts';
import { type Result, success } from '../result.ts';
import { Batch } from '../run/batch.ts';
import type { Runner, RunOptions } from '../run/runner.ts';
import { readDisks, type StayingDisk, type VolumeBelonging } from './disks.ts';

/** Something that can go with the definition. */
export type Belonging =
  | { readonly kind: 'managed-save' }
  | { readonly kind: 'snapshots' | 'checkpoints'; readonly names: readonly string[] }
  | { readonly kind: 'nvram'; readonly path: string | undefined }
  | { readonly kind: 'tpm' }
  | VolumeBelonging;

export interface Belongings {
  readonly belongings: readonly Belonging[];
  readonly staying: readonly StayingDisk[];
}

export async function readBelongings(
  runner: Runner,
  uuid: string,
  xml: string,
  others: readonly DomainEntry[],
  options: RunOptions = {},
): Promise<Result<Belongings, VirshFailure>> {
  const situations = await readDomains(runner, options);
  if (!situations.ok) return situations;
  const batch = new Batch(runner);
  const answers = Promise.all([batch.add(listSnapshots(uuid)), batch.add(listCheckpoints(uuid))]);
  await batch.send(options);
  // A driver without snapshots or checkpoints has none.
  const [snapshots, checkpoints] = (await answers).map((answer) => (answer.ok ? answer.value : []));
  const belongings: Belonging[] = [];
  if (situations.value.find((entry) => entry.uuid === uuid)?.hasManagedSave) belongings.push({ kind: 'managed-save' });
  if (snapshots?.length) belongings.push({ kind: 'snapshots', names: snapshots });
  if (checkpoints?.length) belongings.push({ kind: 'checkpoints', names: checkpoints });
  belongings.push(...firmwareAndTpm(xml));
  const { volumes, staying } = await readDisks(runner, xml, others, options);
  return success({ belongings: [...belongings, ...volumes], staying });
}

function firmwareAndTpm(xml: string): readonly Belonging[] {
  const domain = readXml(xml, 'domain');
  const os = domain.at('os');
  const hasVariables =
    os.at('nvram').exists || os.attribute('firmware') === 'efi' || os.at('loader').attribute('type') === 'pflash';
  const hasTpm = domain
    .at('devices')
    .all('tpm')
    .some((tpm) => tpm.at('backend').attribute('type') === 'emulator');
  return [
    ...(hasVariables ? [{ kind: 'nvram', path: parseDomain(xml).nvram } as const] : []),
    ...(hasTpm ? [{ kind: 'tpm' } as const] : []),
  ];
}

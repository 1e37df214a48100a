/** Whether another host can run the clone, by the checks of a migration that are about a VM that is off. */
import { say } from '../../../server/src/l10n/say.ts';
import { checkDevices } from '../migration/checkDevices.ts';
import { secretsOf } from '../migration/checkDisks.ts';
import { checkCpu, checkMachine } from '../migration/checkEmulator.ts';
import { checkPlacement } from '../migration/checkPlacement.ts';
import { readXml } from '../output/xml.ts';
import type { Draft } from './draft.ts';

/** What only matters to a guest that runs on the way is left out: QEMU's release, the details of the source's CPU. */
const matters: ReadonlySet<string> = new Set(['firmware', 'machine type']);

export function planSuitability({ destination, refusals, warnings }: Draft): void {
  if (!destination) return;
  const { facts } = destination.target;
  const domain = readXml(facts.xml, 'domain');
  const disks = domain.at('devices').all('disk');
  const isEmulated = domain.at('devices', 'tpm', 'backend').attribute('type') === 'emulator';
  const devices = [...checkDevices(domain, facts)].filter(({ subject }) => subject === 'TPM' && isEmulated);
  const findings = [
    ...checkMachine(domain, facts),
    ...checkCpu(domain, facts),
    ...checkPlacement(domain, facts),
    ...devices,
    ...disks.flatMap((disk) => [...secretsOf(disk, say`disk ${disk.at('target').attribute('dev') ?? '?'}`, facts)]),
  ];
  for (const { weight, subject, message } of findings) {
    if (weight === 'blocks') refusals.push(message);
    else if (weight === 'unknown' || (weight === 'endangers' && matters.has(subject))) warnings.push(message);
  }
}

/** Whether another host can run the clone, by the checks of a migration that are about a VM that is off. */
import { say } from '../../../server/src/l10n/say.ts';
import { checkTpm } from '../migration/checkDevices.ts';
import { secretsOf } from '../migration/checkDisks.ts';
import { checkCpu, checkMachine } from '../migration/checkEmulator.ts';
import { checkPlacement } from '../migration/checkPlacement.ts';
import type { MigrationFacts } from '../migration/types.ts';
import { readXml, type XmlNode } from '../output/xml.ts';
import type { Draft } from './draft.ts';

export function planSuitability({ destination, refusals, warnings }: Draft): void {
  if (!destination) return;
  const { facts } = destination.target;
  const domain = readXml(facts.xml, 'domain');
  // Which QEMU the source's host has matters to a guest that runs on the way.
  const machine = [...checkMachine(domain, { ...facts, source: { ...facts.source, hypervisorVersion: undefined } })];
  const others = [...checkCpu(domain, facts), ...checkPlacement(domain, facts), ...devices(domain, facts)];
  for (const { weight, message } of [...machine, ...others]) {
    if (weight === 'blocks') refusals.push(message);
    else if (weight === 'unknown') warnings.push(message);
  }
  warnings.push(...machine.filter(({ weight }) => weight === 'endangers').map(({ message }) => message));
}

function devices(domain: XmlNode, facts: MigrationFacts) {
  const list = domain.at('devices');
  // Another host has a TPM of its own to pass through.
  const emulated = list.all('tpm').filter((tpm) => tpm.at('backend').attribute('type') === 'emulator');
  const disks = list.all('disk');
  return [
    ...emulated.map((tpm) => checkTpm(tpm, facts)),
    ...disks.flatMap((disk) => [...secretsOf(disk, say`disk ${disk.at('target').attribute('dev') ?? '?'}`, facts)]),
  ];
}

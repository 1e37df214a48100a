/** From the facts to everything that blocks or endangers a live migration. Pure: it asks no host. */
import { readXml } from '../output/xml.ts';
import { checkDevices } from './checkDevices.ts';
import { checkDisks } from './checkDisks.ts';
import { checkCpu, checkMachine } from './checkEmulator.ts';
import { checkIdentity } from './checkIdentity.ts';
import { checkInterfaces } from './checkInterfaces.ts';
import { checkPlacement } from './checkPlacement.ts';
import { checkLeftBehind } from './leftBehind.ts';
import type { MigrationFacts, MigrationFinding, Weight } from './types.ts';

const order: readonly Weight[] = ['blocks', 'endangers', 'unknown', 'fine'];

/** The heaviest first; among equals in the order of the document. */
export function checkMigration(facts: MigrationFacts): readonly MigrationFinding[] {
  const domain = readXml(facts.xml, 'domain');
  const checks = [
    ...[checkIdentity, checkCpu, checkMachine, checkPlacement],
    ...[checkDisks, checkInterfaces, checkDevices, checkLeftBehind],
  ];
  const findings = checks.flatMap((check) => [...check(domain, facts)]);
  return findings.sort((a, b) => order.indexOf(a.weight) - order.indexOf(b.weight));
}

/** What stays on the source when a VM that is off moves: libvirt sends its definition, but neither its TPM's state nor its UEFI variables. */
import { say } from '../../../server/src/l10n/say.ts';
import { readXml, type XmlNode } from '../output/xml.ts';
import type { MigrationFacts, MigrationFinding } from './types.ts';

export function* checkLeftBehind(
  domain: XmlNode,
  { isActive, source, target }: MigrationFacts,
): Generator<MigrationFinding> {
  if (isActive) return;
  if (hasTpmState(domain)) {
    const message = say`The VM is off: its TPM's state stays on ${source.name}. On ${target.name} the TPM is empty, without the keys that BitLocker and its like have put there.`;
    const wayOut = say`Move it while it runs, or copy the state there before it starts (/var/lib/libvirt/swtpm has a directory for its UUID).`;
    yield { weight: 'endangers', subject: say`TPM`, message, wayOut };
  }
  if (hasUefiVariables(domain)) {
    const message = say`The VM is off: the file of its UEFI variables stays on ${source.name}. Where ${target.name} has no such file, the VM starts with fresh variables: without its boot entries and keys.`;
    const wayOut = say`Move it while it runs, or copy the file to the same place there before it starts.`;
    yield { weight: 'endangers', subject: say`UEFI variables`, message, wayOut };
  }
}

/** Whether the migration would delete the only state of a TPM together with the definition on the source: a VM that is off has to stay defined there. */
export function needsSourceForTpm({ xml, isActive }: Pick<MigrationFacts, 'xml' | 'isActive'>): boolean {
  return !isActive && hasTpmState(readXml(xml, 'domain'));
}

function hasTpmState(domain: XmlNode): boolean {
  return domain
    .at('devices')
    .all('tpm')
    .some((tpm) => tpm.at('backend').attribute('type') === 'emulator');
}

/** Of a firmware that keeps any, in a file or device of the host. */
function hasUefiVariables(domain: XmlNode): boolean {
  const os = domain.at('os');
  const loader = os.at('loader');
  if (loader.attribute('stateless') === 'yes' || os.at('nvram').attribute('type') === 'network') return false;
  const isUefi = os.attribute('firmware') === 'efi' && loader.attribute('type') !== 'rom';
  return isUefi || loader.attribute('type') === 'pflash' || os.at('nvram').exists || os.at('varstore').exists;
}

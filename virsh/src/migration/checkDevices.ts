/** Devices whose state is the host's, and what the other host has to offer for the rest. */
import { phrase, say } from '../../../server/src/l10n/say.ts';
import type { XmlNode } from '../output/xml.ts';
import type { MigrationFacts, MigrationFinding } from './types.ts';

const detach = phrase`Detach it for the move and attach it again, or team it with a virtio interface (<teaming>).`;

export function* checkDevices(domain: XmlNode, facts: MigrationFacts): Generator<MigrationFinding> {
  const devices = domain.at('devices');
  for (const device of devices.all('hostdev')) yield ofHost(device, facts.target.name);
  for (const device of devices.all('interface').filter((one) => one.attribute('type') === 'hostdev'))
    yield ofHost(device, facts.target.name);
  for (const tpm of devices.all('tpm')) yield checkTpm(tpm, facts);
  for (const filesystem of devices.all('filesystem')) yield checkFilesystem(filesystem, facts);
  for (const memory of devices.all('shmem').filter((one) => one.attribute('role') !== 'master')) {
    const message = say`Shared memory whose role is not master stays behind.`;
    const wayOut = say`Set role='master' where this VM owns it, or detach it for the move.`;
    yield { weight: 'blocks', subject: say`shmem ${memory.attribute('name') ?? ''}`, message, wayOut };
  }
  for (const disk of devices.all('disk').filter((one) => one.at('transient').exists)) {
    const subject = say`disk ${disk.at('target').attribute('dev') ?? '?'}`;
    yield { weight: 'blocks', subject, message: say`It is transient: its changes exist in the source alone.` };
  }
  if (domain.at('qemu:commandline').exists) {
    const message = say`The VM has arguments of its own for QEMU; the files and ports in them have to be on the target.`;
    yield { weight: 'endangers', subject: 'qemu:commandline', message };
  }
}

function ofHost(device: XmlNode, host: string): MigrationFinding {
  const type = device.attribute('type') ?? 'pci';
  if (device.at('teaming').attribute('type') === 'transient') {
    const message = say`It is taken out before the move and put in again; ${host} needs a free one at the same address or in the same network.`;
    return { weight: 'endangers', subject: say`device of the host (${type})`, message };
  }
  const subject = say`device of the host (${type})`;
  if (type === 'pci' || type === 'hostdev' || type === 'scsi_host')
    return {
      weight: 'blocks',
      subject,
      message: say`It is a device of the source, which cannot hand over its state.`,
      wayOut: String(detach),
    };
  const message = say`It is a device of the source: ${host} needs the same, and the guest loses sight of it for a moment.`;
  return { weight: 'endangers', subject, message, wayOut: say`Detach it for the move, and attach it again.` };
}

export function checkTpm(tpm: XmlNode, { target, isActive }: MigrationFacts): MigrationFinding {
  const subject = say`TPM`;
  const type = tpm.at('backend').attribute('type') ?? '';
  if (type === 'passthrough') {
    const wayOut = say`Take an emulated TPM (<backend type='emulator'>): its state moves along.`;
    return { weight: 'blocks', subject, message: say`It is the source's own TPM.`, wayOut };
  }
  const backends = 'refusal' in target.emulator ? undefined : target.emulator.tpmBackends;
  if (backends === undefined)
    return { weight: 'unknown', subject, message: say`${target.name} does not tell which TPMs it has.` };
  if (!backends.includes(type)) {
    const message = say`${target.name} has no TPM of the type ${type}.`;
    return { weight: 'blocks', subject, message, wayOut: say`Install swtpm and swtpm-tools there.` };
  }
  const message = isActive
    ? say`${target.name} has emulated TPMs; the state moves along.`
    : say`${target.name} has emulated TPMs.`;
  return { weight: 'fine', subject, message };
}

function checkFilesystem(filesystem: XmlNode, { target }: MigrationFacts): MigrationFinding {
  const subject = say`filesystem ${filesystem.at('target').attribute('dir') ?? ''}`;
  const directory = filesystem.at('source').attribute('dir') ?? filesystem.at('source').attribute('socket') ?? '';
  if (filesystem.at('driver').attribute('type') === 'virtiofs') {
    const message = say`virtiofs moves with virtiofsd 1.11 or newer, and ${directory} has to be on ${target.name}, with the same content.`;
    return {
      weight: 'endangers',
      subject,
      message,
      wayOut: say`Unmount it in the guest and detach it for the move where virtiofsd is older.`,
    };
  }
  const message = say`While the guest has it mounted, QEMU refuses to move; and ${directory} has to be on ${target.name}.`;
  return { weight: 'endangers', subject, message, wayOut: say`Unmount it in the guest for the move.` };
}

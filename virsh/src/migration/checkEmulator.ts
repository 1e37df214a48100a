/** Whether the target's QEMU is one that can take over: processor, machine type, firmware, release. */
import { say } from '../../../server/src/l10n/say.ts';
import type { XmlNode } from '../output/xml.ts';
import { compareReleases } from './releases.ts';
import type { MigrationFacts, MigrationFinding } from './types.ts';

/** Modes in which the guest gets whatever the host has. */
const hostModes: ReadonlySet<string | undefined> = new Set(['host-passthrough', 'maximum']);

export function* checkCpu(domain: XmlNode, { cpu, target }: MigrationFacts): Generator<MigrationFinding> {
  const subject = say`CPU`;
  const mode = domain.at('cpu').attribute('mode');
  if (cpu.kind === 'lacks') {
    const features = cpu.features.length > 0 ? `: ${cpu.features.join(', ')}` : '';
    yield {
      weight: 'blocks',
      subject,
      message: say`The CPU that the guest sees needs more than ${target.name} has${features}.`,
      wayOut: say`Give the VM a CPU that both hosts have (the CPU baseline of the two), and start it again from cold.`,
    };
  } else if (cpu.kind === 'unknown') {
    const wayOut = say`Run virsh hypervisor-cpu-compare with the VM's XML on ${target.name}.`;
    yield { weight: 'unknown', subject, message: say`The CPUs could not be compared. ${cpu.why}`, wayOut };
  } else if (hostModes.has(mode)) {
    yield {
      weight: 'endangers',
      subject,
      message: say`With mode='${mode}' the guest has the source's own CPU. libvirt compares no details: on a host with another model, microcode or kernel the guest may crash after it has moved.`,
      wayOut: say`Take host-model or the CPU baseline of the hosts, unless they are alike to the microcode.`,
    };
  } else {
    const message =
      cpu.kind === 'none'
        ? say`None is asked for: QEMU's basic model is on every host.`
        : say`${target.name} has everything that the guest's CPU needs.`;
    yield { weight: 'fine', subject, message };
  }
}

export function* checkMachine(domain: XmlNode, { source, target }: MigrationFacts): Generator<MigrationFinding> {
  const machine = domain.at('os', 'type').attribute('machine');
  const { emulator } = target;
  if ('refusal' in emulator) {
    yield { weight: 'blocks', subject: say`machine type and emulator`, message: emulator.refusal };
    return;
  }
  if (machine !== undefined && emulator.machine !== undefined && emulator.machine !== machine) {
    yield {
      weight: 'endangers',
      subject: say`machine type`,
      message: say`${machine} is an alias; on ${target.name} it is ${emulator.machine}, on ${source.name} it may be another version.`,
      wayOut: say`State the versioned machine type. A VM that runs has one in its live XML.`,
    };
  } else
    yield {
      weight: 'fine',
      subject: say`machine type`,
      message: say`${target.name} has ${machine ?? emulator.machine ?? say`it`}.`,
    };
  const loader = domain.at('os', 'loader').text;
  if (loader !== undefined && !emulator.loaders.includes(loader)) {
    yield {
      weight: 'endangers',
      subject: say`firmware`,
      message: say`${target.name} does not list the firmware ${loader}.`,
      wayOut: say`Install the same firmware package there, or make sure that the file is there.`,
    };
  }
  const older = compareReleases(target.hypervisorVersion, source.hypervisorVersion);
  if (older !== undefined && older < 0) {
    yield {
      weight: 'endangers',
      subject: say`QEMU`,
      message: say`${target.name} runs QEMU ${target.hypervisorVersion}, which is older than ${source.hypervisorVersion} of ${source.name}: moving to an older one is seldom tested.`,
      wayOut: say`Upgrade the target first, and take a machine type that both know.`,
    };
  }
}

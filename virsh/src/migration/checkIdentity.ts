/** Whether the target has room for the domain's name and UUID, and whether the domain is in a state to leave. */
import { say } from '../../../server/src/l10n/say.ts';
import type { XmlNode } from '../output/xml.ts';
import type { MigrationFacts, MigrationFinding } from './types.ts';

export function* checkIdentity(
  domain: XmlNode,
  { source, target, snapshots, isActive }: MigrationFacts,
): Generator<MigrationFinding> {
  if (source.hostUuid !== undefined && source.hostUuid === target.capacity.uuid) {
    yield {
      weight: 'blocks',
      isOfDefinition: true,
      subject: say`target`,
      message: say`${source.name} and ${target.name} are the same host (${source.hostUuid}).`,
      wayOut: say`Choose another host. Two hosts with one UUID need a host_uuid of their own in libvirtd.conf.`,
    };
  }
  yield named(domain, target);
  if (snapshots > 0) {
    yield {
      weight: 'blocks',
      isOfDefinition: true,
      subject: say`snapshots`,
      message: say`The VM has ${snapshots === 1 ? say`a snapshot` : say`${snapshots} snapshots`}, which libvirt does not take along.`,
      wayOut: say`Delete the snapshots, or keep their XML and define them again on the target (snapshot-create --redefine).`,
    };
  }
  if (!isActive) {
    yield {
      weight: 'unknown',
      subject: say`state`,
      message: say`The VM is off: what was checked is its definition. What libvirt chooses at the start (ports, CPU) is not known yet.`,
      wayOut: say`Check again while it runs. A VM that is off moves with --offline --persistent, without its disks.`,
    };
  }
}

function named(domain: XmlNode, target: MigrationFacts['target']): MigrationFinding {
  const name = domain.at('name').text ?? '';
  const uuid = domain.at('uuid').text;
  const subject = say`name and UUID`;
  const same = target.domains.find((one) => one.uuid === uuid);
  if (same?.isActive) {
    const message = say`A VM with this UUID runs on ${target.name} already (${same.name}).`;
    return {
      weight: 'blocks',
      isOfDefinition: true,
      subject,
      message,
      wayOut: say`Find out which of the two is the right one, and shut the other down.`,
    };
  }
  const other = target.domains.find((one) => one.name === name && one.uuid !== uuid);
  if (other) {
    const message = say`${target.name} has another VM called ${name}, with the UUID ${other.uuid}.`;
    return {
      weight: 'blocks',
      isOfDefinition: true,
      subject,
      message,
      wayOut: say`Rename one of them, or give another name on the way (--dname).`,
    };
  }
  if (same && same.name !== name) {
    const message = say`${target.name} has a definition with this UUID under the name ${same.name}.`;
    return { weight: 'blocks', isOfDefinition: true, subject, message, wayOut: say`Remove or rename that definition.` };
  }
  const message = same
    ? say`${target.name} has the VM defined already; it is off there, and its definition is used on.`
    : say`Free on ${target.name}.`;
  return { weight: 'fine', subject, message };
}

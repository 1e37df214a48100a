import type { Disk } from '../../domain/disk.ts';
import type { Domain } from '../../domain/domain.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attribute, attributeSpan, attributeValue, child, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { busPlace, qemuDisks } from './places.ts';
import { addVirtioScsi, scsiControllers } from './repairs.ts';

/** A SCSI disk, the index of its controller, and that controller where the document has it. */
interface Match {
  readonly disk: Disk;
  readonly index: string;
  readonly controller: XmlElement | undefined;
}

/** The controller that the disk's address names; without an address libvirt begins with 0. */
function controllerIndex(disk: Disk): string {
  return attributeValue(child(disk.element, 'address'), 'controller') ?? '0';
}

function hasModel(controller: XmlElement): boolean {
  return (attributeValue(controller, 'model') ?? 'auto') !== 'auto';
}

/** One match for each controller without a model. */
function* withoutModel(domain: Domain): Generator<Match> {
  const controllers = new Map(scsiControllers(domain).map((one) => [attributeValue(one, 'index') ?? '0', one]));
  const told = new Set<string>();
  for (const disk of qemuDisks(domain)) {
    if (disk.bus !== 'scsi') continue;
    const index = controllerIndex(disk);
    const controller = controllers.get(index);
    if (told.has(index) || (controller && hasModel(controller))) continue;
    told.add(index);
    yield { disk, index, controller };
  }
}

export const rule = defineRule<Match>({
  id: 'disk/scsi-controller-model',
  severity: 'warning',
  needs: ['disk'],
  find: (domain) => (domain.isX86 ? withoutModel(domain) : []),
  say({ disk, index, controller }) {
    const what = controller ? say`SCSI controller ${index} has no model` : say`There is no SCSI controller ${index}`;
    const model = controller && attribute(controller, 'model');
    return {
      at: model ? attributeSpan(model) : controller ? nameSpan(controller) : busPlace(disk),
      message: say`${what}, so libvirt takes \`lsilogic\` where QEMU has it: an emulation from the nineties with one queue and 7 disks. Name \`virtio-scsi\`; only guests without its driver need the other.`,
      ...(controller && { related: [{ ...busPlace(disk), message: say`A disk on it` }] }),
    };
  },
  fix: ({ disk, index, controller }, domain) => [
    {
      title: say`Use virtio-scsi`,
      edits: controller
        ? setAttribute(controller, 'model', 'virtio-scsi', domain.document)
        : addVirtioScsi(domain, disk.element, index),
    },
  ],
});

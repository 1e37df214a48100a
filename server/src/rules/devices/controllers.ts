/** Controllers of disks and ports that QEMU does not have, and options that they do not take. */
import { type Controller, controllersOf } from '../../domain/controllers.ts';
import type { Domain } from '../../domain/domain.ts';
import { numberOfAnyBase } from '../../domain/numbers.ts';
import { platform, platformName } from '../../domain/platform.ts';
import { isXhci } from '../../domain/usb.ts';
import { say } from '../../l10n/say.ts';
import { attribute, child, valueSpan } from '../../xml/query.ts';
import { dropAttribute, dropElement, setValueOf } from '../fixes.ts';
import { machinePlace, placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'devices/controllers';

const VIRTIO_SCSI: ReadonlySet<string> = new Set(['virtio-scsi', 'virtio-transitional', 'virtio-non-transitional']);

/** Machines of which it is known that they have no NCR53C90 on board. */
const WITHOUT_ESP: ReadonlySet<string> = new Set([
  'q35',
  'i440fx',
  'isapc',
  'microvm',
  'arm-virt',
  'pseries',
  's390-ccw',
]);

function* scsiModels(domain: Domain): Generator<Refused> {
  const { machine } = platform(domain);
  for (const { element, index, model } of controllersOf(domain, 'scsi')) {
    const reason =
      model === 'buslogic'
        ? say`\`buslogic\` is a controller of VMware; QEMU has none`
        : model === 'ncr53c90' && machine && WITHOUT_ESP.has(machine)
          ? say`\`ncr53c90\` is a part of some old machines, and ${platformName(domain)} has none`
          : model === 'ncr53c90' && index
            ? say`\`ncr53c90\` is a part of the machine and its first SCSI controller, not number ${index}`
            : undefined;
    if (reason === undefined) continue;
    yield {
      at: placeOf(element, 'model'),
      message: say`${reason}: libvirt refuses the definition. Use \`virtio-scsi\`, or \`lsilogic\` for guests without its driver.`,
      fixes: ['virtio-scsi', 'lsilogic'].map((other) => setValueOf(element, 'model', other, domain.document)),
    };
  }
}

/** Settings of `<driver>` that are virtio-scsi's (qemuValidateDomainDeviceDefControllerAttributes); of iothread see iothreads/. */
const QUEUE_OPTIONS = ['queues', 'cmd_per_lun', 'max_sectors', 'ioeventfd'];
const TYPES: readonly string[] = ['scsi', 'sata', 'ide', 'usb', 'pci', 'virtio-serial', 'fdc', 'ccid'];

function* foreignOptions(domain: Domain): Generator<Refused> {
  for (const controller of TYPES.flatMap((type) => controllersOf(domain, type))) {
    const driver = child(controller.element, 'driver');
    if (!driver || mayBeVirtioScsi(controller)) continue;
    for (const name of QUEUE_OPTIONS) {
      const at = attribute(driver, name);
      // A number of 0 is one that is not written.
      if (!at || numberOfAnyBase(at.value) === 0) continue;
      const isScsi = controller.type === 'scsi';
      yield {
        at: valueSpan(at),
        message: say`\`${name}\` is an option of \`virtio-scsi\` controllers; libvirt refuses it for ${isScsi ? `\`${controller.model}\`` : say`a \`${controller.type}\` controller`}.`,
        related: [relatedTo(placeOf(controller.element, isScsi ? 'model' : 'type'), say`The controller`)],
        fixes: [
          dropAttribute(at, domain.document),
          isScsi ? setValueOf(controller.element, 'model', 'virtio-scsi', domain.document) : undefined,
        ],
      };
    }
  }
}

/** Where no model is written, the default depends on machine and QEMU. */
function mayBeVirtioScsi({ type, model }: Controller): boolean {
  return type === 'scsi' && (model === undefined || model === 'auto' || VIRTIO_SCSI.has(model));
}

/** An i440fx has one IDE controller; machines with none are disk/ide-on-q35. */
function* secondIde(domain: Domain): Generator<Refused> {
  if (platform(domain).machine !== 'i440fx') return;
  for (const { element, index } of controllersOf(domain, 'ide')) {
    if (!index) continue;
    yield {
      at: placeOf(element, 'index'),
      message: say`The machine has one IDE controller, of index 0, for four drives: libvirt refuses index ${index}. Put more disks on \`virtio\` or SATA.`,
      related: machinePlace(domain),
      fixes: [dropElement(element, domain.document)],
    };
  }
}

/** Types of controller that other hypervisors have. */
const FOREIGN: ReadonlyMap<string, string> = new Map([
  ['xenbus', 'Xen'],
  ['isa', 'bhyve'],
]);

function* foreignControllers(domain: Domain): Generator<Refused> {
  // With an address libvirt stores it, and QEMU is told nothing of it.
  for (const [type, owner] of FOREIGN)
    for (const { element } of controllersOf(domain, type).filter((one) => !child(one.element, 'address')))
      yield {
        at: placeOf(element, 'type'),
        message: say`A controller of type \`${type}\` is one of ${owner}; libvirt finds no place for it in a guest of QEMU and refuses the definition.`,
        fixes: [dropElement(element, domain.document)],
      };
}

/** Ports can be counted out to xHCI and virtio-serial controllers only. */
function* countedPorts(domain: Domain): Generator<Refused> {
  for (const controller of controllersOf(domain, 'usb')) {
    const at = attribute(controller.element, 'ports');
    // Where no model is written, a PC gets the piix3-uhci of its libvirt.
    const model = controller.model ?? (platform(domain).machine === 'i440fx' ? 'piix3-uhci' : 'none');
    if (!at || isXhci(controller) || model === 'none') continue;
    yield {
      at: valueSpan(at),
      message: say`\`${model}\` has a fixed number of ports: \`ports\` is an option of \`qemu-xhci\` and \`nec-xhci\`, and libvirt does not start the guest.`,
      fixes: [
        dropAttribute(at, domain.document),
        setValueOf(controller.element, 'model', 'qemu-xhci', domain.document),
      ],
    };
  }
}

/** The most ports that QEMU gives a virtio-serial controller. */
const MOST_SERIAL_PORTS = 511;

function* serialPorts(domain: Domain): Generator<Refused> {
  for (const { element } of controllersOf(domain, 'virtio-serial')) {
    const at = attribute(element, 'ports');
    const ports = numberOfAnyBase(at?.value);
    if (!at || ports === undefined || (ports > 0 && ports <= MOST_SERIAL_PORTS)) continue;
    yield {
      at: valueSpan(at),
      message: say`A virtio-serial controller has 1 to ${MOST_SERIAL_PORTS} ports; libvirt lets ${ports} pass, and QEMU does not start the guest. Without \`ports\` it has 31.`,
      fixes: [dropAttribute(at, domain.document)],
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal('devices/scsi-model-unsupported', page, scsiModels, { needs: ['controller'] }),
  refusal('devices/controller-driver-options', page, foreignOptions, { needs: ['controller', 'driver'] }),
  refusal('devices/ide-second-controller', page, secondIde, { needs: ['controller'] }),
  refusal('devices/xenbus', page, foreignControllers, { needs: ['controller'] }),
  refusal('devices/usb-ports-model', page, countedPorts, { atStart: true, needs: ['@ports'] }),
  refusal('devices/virtio-serial-ports', page, serialPorts, { atStart: true, needs: ['@ports'] }),
];

/** Boot order, boot menu and direct kernel boot: what libvirt, and at the start QEMU, refuse. */
import type { Domain } from '../../domain/domain.ts';
import { firmware } from '../../domain/firmware.ts';
import { anyNumber, freeNumber } from '../../domain/freeNumbers.ts';
import { platform } from '../../domain/platform.ts';
import { say } from '../../l10n/say.ts';
import { removeElement, setAttribute } from '../../xml/edits.ts';
import { attribute, attributeValue, child, childElements, nameSpan, textOf, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { dropAttribute, dropElement } from '../fixes.ts';
import { machinePlace, type Refused, refusal } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'firmware-boot/boot';

interface Ordered {
  readonly boot: XmlElement;
  readonly order: XmlAttribute;
  readonly number: number;
}

/** The devices' own boot elements; an order that is no positive number is for the grammar to tell. */
function ordered(domain: Domain): readonly Ordered[] {
  return domain.keep('boot orders', () =>
    domain.devices().flatMap((device) => {
      const boot = child(device, 'boot');
      const order = attribute(boot, 'order');
      const number = anyNumber(order?.value.trim());
      return boot && order && number ? [{ boot, order, number }] : [];
    }),
  );
}

function* bothWays(domain: Domain): Generator<Refused> {
  const { os } = firmware(domain);
  const [first] = ordered(domain);
  const general = os ? childElements(os, 'boot') : [];
  const [place] = general;
  if (!place || !first) return;
  yield {
    at: nameSpan(place),
    message: say`The order of booting is told twice, by kind of device in \`<os>\` and by device; libvirt refuses the mixture. Keep the order of the devices, which says more.`,
    related: [{ ...nameSpan(first.boot), message: say`Told by a device here` }],
    fixes: [
      { title: say`Remove <boot> from <os>`, edits: general.flatMap((one) => removeElement(one, domain.document)) },
      {
        title: say`Remove <boot> from the devices`,
        edits: ordered(domain).flatMap(({ boot }) => removeElement(boot, domain.document)),
      },
    ],
  };
}

function* sameOrder(domain: Domain): Generator<Refused> {
  const seen = new Map<number, Ordered>();
  const taken = new Set(ordered(domain).map(({ number }) => number));
  for (const one of ordered(domain)) {
    const other = seen.get(one.number);
    if (!other) {
      seen.set(one.number, one);
      continue;
    }
    const free = freeNumber(taken, 1);
    taken.add(free);
    yield {
      at: valueSpan(one.order),
      message: say`Boot order ${one.number} is taken by another device, and libvirt refuses the second. Use ${free}; gaps are allowed.`,
      related: [{ ...valueSpan(other.order), message: say`The device that has it` }],
      fixes: [
        { title: say`Change order to ${free}`, edits: setAttribute(one.boot, 'order', String(free), domain.document) },
      ],
    };
  }
}

const LOADPARM = /^[A-Za-z0-9. ]{1,8}$/;

function* loadparm(domain: Domain): Generator<Refused> {
  for (const device of domain.devices()) {
    const written = attribute(child(device, 'boot'), 'loadparm');
    if (!written || LOADPARM.test(written.value)) continue;
    yield {
      at: valueSpan(written),
      message: say`\`loadparm='${written.value}'\`: the firmware of s390 takes 1 to 8 letters, digits, dots and blanks, and libvirt refuses others. Correct or remove it.`,
      fixes: [dropAttribute(written, domain.document)],
    };
  }
}

/** The fields of the firmware are 16 bits wide. */
const LARGEST = 65535;

function* times(domain: Domain): Generator<Refused> {
  const { os } = firmware(domain);
  const menu = os && child(os, 'bootmenu');
  const timeout = attributeValue(menu, 'enable') === 'yes' ? attribute(menu, 'timeout') : undefined;
  const reboot = attribute(os && child(os, 'bios'), 'rebootTimeout');
  for (const [at, least] of [[timeout, 0] as const, [reboot, -1] as const]) {
    if (!at || !/^-?\d+$/.test(at.value.trim())) continue;
    const value = Number(at.value);
    if (value >= least && value <= LARGEST) continue;
    const near = value > LARGEST ? LARGEST : least;
    yield {
      at: valueSpan(at),
      message: say`\`${at.name}='${at.value}'\`: the firmware has 16 bits for these milliseconds, and libvirt refuses what is not in ${least} to ${LARGEST}.`,
      fixes: [
        {
          title: say`Change ${at.name} to ${near}`,
          edits: setAttribute(at.parent, at.name, String(near), domain.document),
        },
      ],
    };
  }
}

function* serialOutput(domain: Domain): Generator<Refused> {
  const { os } = firmware(domain);
  const useserial = attribute(os && child(os, 'bios'), 'useserial');
  if (useserial?.value.trim() !== 'yes') return;
  const fix = dropAttribute(useserial, domain.document);
  const { architecture } = platform(domain);
  if (architecture !== undefined && architecture !== 'x86') {
    yield {
      at: valueSpan(useserial),
      message: say`Only the BIOS of x86 writes to a serial port; libvirt refuses \`useserial\` on this machine. Remove it.`,
      related: machinePlace(domain),
      fixes: [fix],
    };
    return;
  }
  // libvirt makes a serial port of the first console that names no other kind.
  const consoles = domain.devices('console').map((console) => attributeValue(child(console, 'target'), 'type'));
  if (domain.devices('serial').length > 0 || consoles.some((type) => type === undefined || type === 'serial')) return;
  yield {
    at: valueSpan(useserial),
    message: say`The BIOS shall write to a serial port, and the guest has none: libvirt refuses it. Add \`<serial type='pty'/>\`, or remove \`useserial\`.`,
    fixes: [fix],
  };
}

/** Children of os that go with the kernel. */
const OF_KERNEL = ['initrd', 'cmdline', 'dtb', 'shim'];

function* withoutKernel(domain: Domain): Generator<Refused> {
  const { os } = firmware(domain);
  if (!os || child(os, 'kernel')) return;
  for (const element of childElements(os)) {
    // With a device tree alone some boards boot.
    if (!OF_KERNEL.includes(element.name) || element.name === 'dtb' || textOf(element) === '') continue;
    yield {
      at: nameSpan(element),
      message: say`\`<${element.name}>\` is handed to a kernel, and there is no \`<kernel>\`: QEMU refuses to start. Add the kernel, or remove it.`,
      fixes: [dropElement(element, domain.document)],
    };
  }
}

function* bootloader(domain: Domain): Generator<Refused> {
  for (const name of ['bootloader', 'bootloader_args']) {
    const element = child(domain.root, name);
    if (!element) continue;
    yield {
      at: nameSpan(element),
      message: say`\`<${name}>\` is a program of Xen's host; the QEMU driver refuses it. Remove it: firmware or \`<kernel>\` boot this guest.`,
      fixes: [dropElement(element, domain.document)],
    };
  }
}

function* acpiTables(domain: Domain): Generator<Refused> {
  const { os } = firmware(domain);
  const acpi = os && child(os, 'acpi');
  const seen = new Map<string, XmlElement>();
  for (const table of acpi ? childElements(acpi, 'table') : []) {
    const type = attributeValue(table, 'type') ?? '';
    // Tables with headers of their own may be many.
    if (type === 'raw') continue;
    const other = seen.get(type);
    if (!other) {
      seen.set(type, table);
      continue;
    }
    yield {
      at: nameSpan(table),
      message: say`There is one ACPI table of type \`${type}\` already, and libvirt refuses a second. Remove one of them.`,
      related: [{ ...nameSpan(other), message: say`The first` }],
      fixes: [dropElement(table, domain.document)],
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal('firmware-boot/boot-dev-and-order', page, bothWays, { needs: ['boot', '@dev', '@order'], since: '0.8.8' }),
  refusal('firmware-boot/boot-order-duplicate', page, sameOrder, { needs: ['boot', '@order'], since: '0.8.8' }),
  refusal('firmware-boot/loadparm', page, loadparm, { needs: ['@loadparm'], since: '3.5.0' }),
  refusal('firmware-boot/bios-timers', page, times, { needs: ['@timeout|@rebootTimeout'], since: '0.9.4' }),
  refusal('firmware-boot/bios-serial', page, serialOutput, { needs: ['@useserial'], since: '0.9.4' }),
  refusal('firmware-boot/kernel-missing', page, withoutKernel, { needs: ['initrd|cmdline|shim'], atStart: true }),
  refusal('firmware-boot/bootloader-of-xen', page, bootloader, { needs: ['bootloader|bootloader_args'] }),
  refusal('firmware-boot/acpi-table-twice', page, acpiTables, { needs: ['table'], since: '1.3.3' }),
];

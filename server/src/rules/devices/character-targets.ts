/** The guest's side of serial ports, consoles and parallel ports: target types, their models, addresses and machines. */
import { type CharacterDevice, characterDevicesOf } from '../../domain/characterDevices.ts';
import type { Domain } from '../../domain/domain.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import { type Home, isElsewhere, platform, platformName } from '../../domain/platform.ts';
import { say } from '../../l10n/say.ts';
import { attribute, child, nameSpan, valueSpan } from '../../xml/query.ts';
import { addChild, dropAttribute, dropElement, setValueOf } from '../fixes.ts';
import { addressOf, machinePlace, placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'devices/character-targets';

/** Address type of each target type; undefined: it has none. */
const ADDRESSES: Readonly<Record<string, string | undefined>> = {
  'isa-serial': 'isa',
  'isa-debug': 'isa',
  'usb-serial': 'usb',
  'pci-serial': 'pci',
  'spapr-vio-serial': 'spapr-vio',
  'system-serial': undefined,
  'sclp-serial': undefined,
};

const SERIAL_TYPES: ReadonlySet<string> = new Set(Object.keys(ADDRESSES));

/** Target type of each model, and the machines or architecture that have it. */
const MODELS: Readonly<Record<string, { type: string; on?: readonly Home[] }>> = {
  'isa-serial': { type: 'isa-serial' },
  'usb-serial': { type: 'usb-serial' },
  'pci-serial': { type: 'pci-serial' },
  'isa-debugcon': { type: 'isa-debug' },
  'spapr-vty': { type: 'spapr-vio-serial', on: ['pseries'] },
  pl011: { type: 'system-serial', on: ['arm-virt'] },
  '16550a': { type: 'system-serial', on: ['riscv-virt', 'loongarch-virt'] },
  sclpconsole: { type: 'sclp-serial', on: ['s390'] },
  sclplmconsole: { type: 'sclp-serial', on: ['s390'] },
};

/** Target types that one machine or architecture has. */
const TYPES_ON: Readonly<Record<string, Home>> = {
  'spapr-vio-serial': 'pseries',
  'sclp-serial': 's390',
  'isa-debug': 'x86',
};

/** The type that libvirt gives a serial port which names none; it reads isa-serial as none (qemuDomainChrDefPostParse). */
function effectiveType({ targetType }: CharacterDevice, domain: Domain): string | undefined {
  if (targetType !== undefined && targetType !== 'isa-serial') return targetType;
  const { architecture, machine } = platform(domain);
  if (architecture === 'x86') return 'isa-serial';
  if (machine === 'pseries') return 'spapr-vio-serial';
  if (machine === 'arm-virt' || machine === 'riscv-virt' || machine === 'loongarch-virt') return 'system-serial';
  return architecture === 's390' ? 'sclp-serial' : undefined;
}

function* models(domain: Domain): Generator<Refused> {
  for (const serial of characterDevicesOf(domain, 'serial')) {
    const model = serial.target && child(serial.target, 'model');
    const name = attribute(model, 'name');
    const row = name && Object.hasOwn(MODELS, name.value.trim()) ? MODELS[name.value.trim()] : undefined;
    const type = effectiveType(serial, domain);
    if (!serial.target || !model || !name || !row || type === undefined || type === row.type) continue;
    yield {
      at: valueSpan(name),
      message: say`The model \`${name.value.trim()}\` is one of target type \`${row.type}\`, not of \`${type}\`: libvirt refuses the pair. Change the type, or remove \`<model>\`, which libvirt chooses.`,
      related: [relatedTo(placeOf(serial.target, 'type'), say`The target type`)],
      fixes: [dropElement(model, domain.document), setValueOf(serial.target, 'type', row.type, domain.document)],
    };
  }
}

function* machines(domain: Domain): Generator<Refused> {
  for (const serial of characterDevicesOf(domain, 'serial')) {
    const { target, targetType = '' } = serial;
    if (!target) continue;
    const model = attribute(child(target, 'model'), 'name');
    const row = model && Object.hasOwn(MODELS, model.value.trim()) ? MODELS[model.value.trim()] : undefined;
    const owner = Object.hasOwn(TYPES_ON, targetType) ? TYPES_ON[targetType] : undefined;
    const isWrongType = owner !== undefined && isElsewhere(domain, [owner]);
    const isWrongModel =
      row?.on !== undefined && row.type === effectiveType(serial, domain) && isElsewhere(domain, row.on);
    if (!isWrongType && !isWrongModel) continue;
    const what = isWrongType ? say`target type \`${targetType}\`` : say`model \`${model?.value.trim()}\``;
    yield {
      at: isWrongType ? placeOf(target, 'type') : model ? valueSpan(model) : nameSpan(target),
      message: say`There is no serial port of ${what} on ${platformName(domain)}, so libvirt refuses it. Leave type and model out: libvirt takes those of the machine.`,
      related: machinePlace(domain),
      fixes: [dropElement(target, domain.document, say`Use the machine's own serial port`)],
    };
  }
}

function* addresses(domain: Domain): Generator<Refused> {
  for (const serial of characterDevicesOf(domain, 'serial')) {
    const address = addressOf(serial.device);
    const type = effectiveType(serial, domain);
    if (!address || type === undefined || !Object.hasOwn(ADDRESSES, type)) continue;
    const wanted = ADDRESSES[type];
    const written = address.type.value.trim();
    if (written === wanted) continue;
    const needs = wanted === undefined ? say`has no address` : say`has an address of type \`${wanted}\``;
    yield {
      at: valueSpan(address.type),
      message: say`A serial port of target type \`${type}\` ${needs}, not \`${written}\`: libvirt refuses it. Remove the address; libvirt gives it one where it needs one.`,
      related: serial.target ? [relatedTo(placeOf(serial.target, 'type'), say`The target type`)] : [],
      fixes: [dropElement(address.element, domain.document)],
    };
  }
}

/** Target types of consoles; the schema takes them for serial ports too, and those of serial ports for consoles. */
const OF_CONSOLES = new Set(['serial', 'xen', 'uml', 'virtio', 'lxc', 'openvz', 'sclp', 'sclplm']);

function* typesOfOthers(domain: Domain): Generator<Refused> {
  for (const name of ['serial', 'console'])
    for (const { target, targetType } of characterDevicesOf(domain, name)) {
      const wrong = name === 'serial' ? OF_CONSOLES : SERIAL_TYPES;
      if (!target || targetType === undefined || !wrong.has(targetType)) continue;
      const type = attribute(target, 'type');
      yield {
        at: placeOf(target, 'type'),
        message: say`\`${targetType}\` is a type of ${name === 'serial' ? say`consoles` : say`serial ports`}: libvirt refuses it in the \`<target>\` of a \`<${name}>\`. ${name === 'serial' ? say`Leave it out.` : say`Use \`serial\`.`}`,
        fixes: [
          name === 'serial'
            ? type && dropAttribute(type, domain.document)
            : setValueOf(target, 'type', 'serial', domain.document),
        ],
      };
    }
}

const ISA_PORTS = 4;
/** What libvirt takes for a port that is not written. */
const UNSET = String(2 ** 32 - 1);

/** Told by the type as written: libvirt counts before it fills in the types that are missing. */
function* isaPorts(domain: Domain): Generator<Refused> {
  const taken = new Map<number, CharacterDevice>();
  const ports = characterDevicesOf(domain, 'serial').filter(({ targetType }) => targetType === 'isa-serial');
  for (const [count, serial] of ports.entries()) {
    const written = attribute(serial.target, 'port');
    const number = written?.value.trim() === UNSET ? undefined : wholeNumber(written?.value);
    const first = number === undefined ? undefined : taken.get(number);
    if (number !== undefined && !first) taken.set(number, serial);
    const isTooMany = count >= ISA_PORTS || (number !== undefined && number >= ISA_PORTS);
    if (!isTooMany && !first) continue;
    const free = [0, 1, 2, 3].find((port) => !taken.has(port));
    yield {
      at: written ? valueSpan(written) : nameSpan(serial.device),
      message: isTooMany
        ? say`A PC has four ISA serial ports, 0 to 3; libvirt refuses any other. Use a free one, or \`type="pci-serial"\`.`
        : say`The ISA serial port ${number} is there already, and libvirt refuses a second one. Take another number, or leave \`port\` out.`,
      related: first ? [relatedTo(placeOf(first.target ?? first.device, 'port'), say`The other one`)] : [],
      fixes: [
        count >= ISA_PORTS || free === undefined || !written
          ? dropElement(serial.device, domain.document)
          : setValueOf(written.parent, 'port', String(free), domain.document),
      ],
    };
  }
}

/** What libvirt writes before `<target>`. */
const BEFORE_TARGET = ['source', 'protocol', 'log'];

/** The first console is another name of the first serial port; all others are devices of their own. */
function* serialConsoles(domain: Domain): Generator<Refused> {
  const [first, ...others] = characterDevicesOf(domain, 'console');
  for (const { device, target, targetType } of others) {
    if (!first || (targetType !== undefined && targetType !== 'serial')) continue;
    yield {
      at: target && targetType ? placeOf(target, 'type') : nameSpan(device),
      message: say`Only the first console can be a serial port: it stands for the first \`<serial>\`, and libvirt refuses a second one. Use a virtio console, or write a further port as \`<serial>\`.`,
      related: [relatedTo(nameSpan(first.device), say`The first console`)],
      fixes: [
        target
          ? setValueOf(target, 'type', 'virtio', domain.document)
          : addChild(device, "<target type='virtio'/>", domain.document, say`Make it a virtio console`, BEFORE_TARGET),
      ],
    };
  }
}

function* parallelPorts(domain: Domain): Generator<Refused> {
  const { architecture, machine } = platform(domain);
  if (architecture !== 's390' && machine !== 'pseries') return;
  for (const { device } of characterDevicesOf(domain, 'parallel'))
    yield {
      at: nameSpan(device),
      message: say`There are no parallel ports on ${platformName(domain)}: libvirt refuses it. Remove it, or use a serial port.`,
      related: machinePlace(domain),
      fixes: [dropElement(device, domain.document)],
    };
}

/** Consoles of Xen, UML and containers have no device in QEMU. */
const OTHER_CONSOLES = new Set(['xen', 'uml', 'lxc', 'openvz']);

function* foreignConsoles(domain: Domain): Generator<Refused> {
  for (const { target, targetType } of characterDevicesOf(domain, 'console')) {
    const isSclp = targetType === 'sclp' || targetType === 'sclplm';
    const foreign = targetType !== undefined && OTHER_CONSOLES.has(targetType);
    if (!target || !(foreign || (isSclp && isElsewhere(domain, ['s390'])))) continue;
    yield {
      at: placeOf(target, 'type'),
      message: foreign
        ? say`A console of type \`${targetType}\` belongs to another hypervisor; with QEMU libvirt refuses it. Use \`serial\` or \`virtio\`.`
        : say`A console of type \`${targetType}\` is one of s390; libvirt refuses it on ${platformName(domain)}. Use \`serial\` or \`virtio\`.`,
      related: foreign ? [] : machinePlace(domain),
      fixes: ['virtio', 'serial'].map((type) => setValueOf(target, 'type', type, domain.document)),
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal('devices/target-type', page, typesOfOthers, { anyDriver: true, needs: ['serial|console', 'target'] }),
  refusal('devices/serial-model', page, models, { since: '3.10.0', needs: ['serial'] }),
  refusal('devices/serial-machine', page, machines, { since: '3.10.0', needs: ['serial'] }),
  refusal('devices/serial-address', page, addresses, { since: '3.10.0', needs: ['serial'] }),
  refusal('devices/serial-ports', page, isaPorts, { needs: ['serial'] }),
  refusal('devices/console-second-serial', page, serialConsoles, { needs: ['console'] }),
  refusal('devices/console-type', page, foreignConsoles, { needs: ['console'] }),
  refusal('devices/parallel-machine', page, parallelPorts, { needs: ['parallel'] }),
];

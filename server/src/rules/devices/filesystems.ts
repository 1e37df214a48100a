/** Folders of the host in the guest: what virtiofs, 9p and MTP take, and what belongs to containers. */
import type { Domain } from '../../domain/domain.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeSpan, attributeValue, child, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute, XmlDocument, XmlElement } from '../../xml/tree.ts';
import { dropAttribute, dropElement, setValueOf } from '../fixes.ts';
import { addressOf, placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'devices/filesystems';

function driverOf(filesystem: XmlElement): string {
  return attributeValue(child(filesystem, 'driver'), 'type') ?? 'path';
}

/** A virtiofsd that something else started: libvirt leaves its options alone. */
function hasOwnDaemon(filesystem: XmlElement): boolean {
  return attribute(child(filesystem, 'source'), 'socket') !== undefined;
}

const CONTAINER_DRIVERS = new Set(['loop', 'nbd', 'ploop']);

function* kinds(domain: Domain): Generator<Refused> {
  for (const filesystem of domain.devices('filesystem')) {
    const type = attribute(filesystem, 'type');
    const driver = attribute(child(filesystem, 'driver'), 'type');
    if (type && type.value.trim() !== 'mount')
      yield {
        at: valueSpan(type),
        message: say`QEMU shares a folder of the host, type \`mount\`; \`${type.value.trim()}\` is for containers, and libvirt refuses it. A block device or image is a \`<disk>\`.`,
      };
    else if (driver && CONTAINER_DRIVERS.has(driver.value.trim()))
      yield {
        at: valueSpan(driver),
        message: say`The driver \`${driver.value.trim()}\` mounts an image for a container; with QEMU libvirt refuses it. Use \`virtiofs\` or \`path\` for a folder, a \`<disk>\` for an image.`,
      };
  }
}

/** Options of 9p that virtiofsd has no counterpart of. */
function ninepOptions(filesystem: XmlElement): readonly (readonly [XmlAttribute | undefined, string])[] {
  const managed = !hasOwnDaemon(filesystem);
  const driver = child(filesystem, 'driver');
  const access = attribute(filesystem, 'accessmode');
  return [
    [managed && access?.value.trim() !== 'passthrough' ? access : undefined, say`any access mode but \`passthrough\``],
    [managed ? attribute(driver, 'wrpolicy') : undefined, '`wrpolicy`'],
    [attribute(filesystem, 'model'), '`model`'],
    [attribute(driver, 'format'), '`format`'],
    [attribute(filesystem, 'multidevs'), '`multidevs`'],
    [attribute(filesystem, 'fmode'), say`\`fmode\` and \`dmode\``],
    [attribute(filesystem, 'dmode'), say`\`fmode\` and \`dmode\``],
  ];
}

function* options(domain: Domain): Generator<Refused> {
  for (const filesystem of domain.devices('filesystem')) {
    const type = driverOf(filesystem);
    if (type === 'virtiofs') {
      for (const [option, what] of ninepOptions(filesystem))
        if (option && option.value.trim() !== 'default')
          yield {
            at: option.name === 'accessmode' ? valueSpan(option) : attributeSpan(option),
            message: say`${what.charAt(0).toUpperCase()}${what.slice(1)} is an option of 9p; virtiofsd does without, and libvirt refuses it. Remove it.`,
            related: [relatedTo(placeOf(child(filesystem, 'driver') ?? filesystem, 'type'), say`The driver`)],
            fixes: [mend(option, domain.document)],
          };
      continue;
    }
    const access = attribute(filesystem, 'accessmode');
    const mode = access?.value.trim() ?? 'passthrough';
    // 0 is no permissions to libvirt, and means that none are written.
    const bits = ['fmode', 'dmode']
      .flatMap((name) => attribute(filesystem, name) ?? [])
      .find(({ value }) => /[^0]/.test(value.trim()));
    if (bits && mode !== 'mapped')
      yield {
        at: attributeSpan(bits),
        message: say`\`fmode\` and \`dmode\` are the permissions of mapped files: libvirt refuses them unless \`accessmode="mapped"\`.`,
        related: access ? [relatedTo(valueSpan(access), say`The access mode`)] : [],
        fixes: [setValueOf(filesystem, 'accessmode', 'mapped', domain.document), dropAttribute(bits, domain.document)],
      };
    if ((type === 'handle' || type === 'mtp') && access && mode !== 'passthrough')
      yield {
        at: valueSpan(access),
        message: say`The driver \`${type}\` passes permissions through: libvirt refuses any other access mode.`,
        fixes: [setValueOf(filesystem, 'accessmode', 'passthrough', domain.document)],
      };
  }
}

function mend(option: XmlAttribute, document: XmlDocument) {
  return option.name === 'accessmode'
    ? setValueOf(option.parent, 'accessmode', 'passthrough', document)
    : dropAttribute(option, document);
}

/** Quotas are kept by container drivers. */
function* limits(domain: Domain): Generator<Refused> {
  for (const filesystem of domain.devices('filesystem'))
    for (const name of ['space_hard_limit', 'space_soft_limit']) {
      const limit = child(filesystem, name);
      if (!limit) continue;
      yield {
        at: nameSpan(limit),
        message: say`QEMU keeps no quota for a shared folder: libvirt refuses \`<${name}>\`. Set a quota in the host's file system.`,
        fixes: [dropElement(limit, domain.document)],
      };
    }
}

/** The target of virtiofs is the tag that the guest mounts by. */
function* tags(domain: Domain): Generator<Refused> {
  const first = new Map<string, XmlElement>();
  const all = domain.devices('filesystem');
  for (const filesystem of all.filter((one) => driverOf(one) === 'virtiofs')) {
    const target = child(filesystem, 'target');
    const tag = attributeValue(target, 'dir');
    if (!target || tag === undefined) continue;
    const earlier = first.get(tag);
    if (!earlier) first.set(tag, target);
    else
      yield {
        at: placeOf(target, 'dir'),
        message: say`The guest tells shares apart by their tag, and \`${tag}\` is taken: libvirt refuses a second one. Choose another.`,
        related: [relatedTo(placeOf(earlier, 'dir'), say`The first one`)],
        fixes: [setValueOf(target, 'dir', freshTag(tag, all), domain.document)],
      };
  }
}

function freshTag(tag: string, filesystems: readonly XmlElement[]): string {
  const taken = new Set(filesystems.map((one) => attributeValue(child(one, 'target'), 'dir')));
  let number = 2;
  while (taken.has(`${tag}${number}`)) number++;
  return `${tag}${number}`;
}

/** Firmware boots from a PCI virtiofs at most. */
function* boots(domain: Domain): Generator<Refused> {
  for (const filesystem of domain.devices('filesystem')) {
    const boot = child(filesystem, 'boot');
    const address = addressOf(filesystem);
    const isVirtiofs = driverOf(filesystem) === 'virtiofs';
    if (!boot || (isVirtiofs && (!address || address.type.value.trim() === 'pci'))) continue;
    yield {
      at: nameSpan(boot),
      message: isVirtiofs
        ? say`Firmware boots from a virtiofs on the PCI bus only: libvirt refuses a boot order elsewhere. Remove it.`
        : say`Of shared folders only virtiofs can be booted from: libvirt refuses a boot order here. Remove it.`,
      related: isVirtiofs && address ? [relatedTo(valueSpan(address.type), say`Its address`)] : [],
      fixes: [dropElement(boot, domain.document)],
    };
  }
}

function* readOnly(domain: Domain): Generator<Refused> {
  for (const filesystem of domain.devices('filesystem')) {
    const readonly = child(filesystem, 'readonly');
    if (!readonly || driverOf(filesystem) !== 'virtiofs' || !hasOwnDaemon(filesystem)) continue;
    yield {
      at: nameSpan(readonly),
      message: say`Whoever started this virtiofsd decides whether it may write: libvirt refuses \`<readonly>\` beside a socket. Start it with \`--readonly\`.`,
      fixes: [dropElement(readonly, domain.document)],
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal('devices/filesystem-type', page, kinds, { withoutFix: true, needs: ['filesystem'] }),
  refusal('devices/filesystem-options', page, options, { since: '6.2.0', needs: ['filesystem'] }),
  refusal('devices/filesystem-limits', page, limits, { since: '9.1.0', needs: ['filesystem'] }),
  refusal('devices/filesystem-tag', page, tags, { since: '6.2.0', needs: ['filesystem'] }),
  refusal('devices/filesystem-boot', page, boots, { since: '7.0.0', needs: ['filesystem'] }),
  refusal('devices/filesystem-readonly-socket', page, readOnly, { since: '9.1.0', needs: ['filesystem'] }),
];

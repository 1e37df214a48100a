/** IOMMUs: each model belongs to some machines, and has its own options. */
import type { Domain } from '../../domain/domain.ts';
import { anyNumber } from '../../domain/freeNumbers.ts';
import { type Home, isElsewhere, platformName } from '../../domain/platform.ts';
import { type Phrase, phrase, say } from '../../l10n/say.ts';
import { insertChild, setAttribute } from '../../xml/edits.ts';
import { attribute, attributeSpan, attributeValue, child, valueSpan } from '../../xml/query.ts';
import { dropAttribute, dropElement, setValueOf } from '../fixes.ts';
import { addressOf, machinePlace, placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'devices/iommus';

interface Model {
  readonly homes: readonly Home[];
  readonly where: Phrase;
  /** Options of `<driver>` that it does not have. */
  readonly without: readonly string[];
  /** It is a PCI device. */
  readonly isPci?: true;
}

const INTEL = ['intremap', 'caching_mode', 'eim', 'iotlb', 'aw_bits', 'dma_translation'];
const AMD = ['xtsup', 'passthrough'];

const MODELS: Readonly<Record<string, Model>> = {
  intel: { homes: ['q35'], where: phrase`q35`, without: AMD },
  amd: {
    homes: ['q35'],
    where: phrase`q35`,
    without: ['caching_mode', 'eim', 'aw_bits', 'dma_translation'],
    isPci: true,
  },
  smmuv3: { homes: ['arm-virt'], where: phrase`the \`virt\` machine of ARM`, without: INTEL },
  virtio: {
    homes: ['q35', 'arm-virt'],
    where: phrase`q35 and the \`virt\` machine of ARM`,
    without: INTEL,
    isPci: true,
  },
};

/** Every IOMMU of a model that is known. */
function known(domain: Domain) {
  return domain.devices('iommu').flatMap((iommu) => {
    const model = attribute(iommu, 'model');
    const name = model?.value.trim() ?? '';
    const row = Object.hasOwn(MODELS, name) ? MODELS[name] : undefined;
    return model && row ? [{ iommu, model, name, row }] : [];
  });
}

function* machines(domain: Domain): Generator<Refused> {
  for (const { iommu, model, name, row } of known(domain)) {
    if (!isElsewhere(domain, row.homes)) continue;
    yield {
      at: valueSpan(model),
      message: say`The IOMMU \`${name}\` is one of ${row.where}: libvirt refuses it on ${platformName(domain)}. Choose the machine first, or remove the IOMMU.`,
      related: machinePlace(domain),
      fixes: [dropElement(iommu, domain.document)],
    };
  }
}

function* options(domain: Domain): Generator<Refused> {
  for (const { iommu, model, name, row } of known(domain))
    for (const option of row.without.flatMap((one) => attribute(child(iommu, 'driver'), one) ?? []))
      yield {
        at: attributeSpan(option),
        message: say`The IOMMU \`${name}\` has no \`${option.name}\`: libvirt refuses it. Remove it.`,
        related: [relatedTo(valueSpan(model), say`The model`)],
        fixes: [dropAttribute(option, domain.document)],
      };
}

function* addresses(domain: Domain): Generator<Refused> {
  for (const { iommu, model, name, row } of known(domain)) {
    const address = addressOf(iommu);
    const type = address?.type.value.trim();
    const bus = attribute(address?.element, 'bus');
    const isBehindBridge = row.isPci && type === 'pci' && (anyNumber(bus?.value.trim()) ?? 0) !== 0;
    if (!address || (row.isPci && type === 'pci' && !isBehindBridge)) continue;
    yield {
      at: valueSpan(isBehindBridge && bus ? bus : address.type),
      message: !row.isPci
        ? say`The IOMMU \`${name}\` is part of the machine and has no address: libvirt refuses one. Remove it.`
        : isBehindBridge
          ? say`The IOMMU \`${name}\` sits on the root bus, 0: libvirt refuses it behind a bridge. Remove the address.`
          : say`The IOMMU \`${name}\` is a PCI device: libvirt refuses an address of type \`${type}\`. Remove it.`,
      related: [relatedTo(valueSpan(model), say`The model`)],
      fixes: [dropElement(address.element, domain.document)],
    };
  }
}

/** The guest learns of a virtio IOMMU from an ACPI table. */
function* withoutAcpi(domain: Domain): Generator<Refused> {
  const features = child(domain.root, 'features');
  if (features && child(features, 'acpi')) return;
  for (const { model, name } of known(domain)) {
    if (name !== 'virtio') continue;
    const { root, document } = domain;
    const after = ['os', 'vcpu', 'memory'].map((one) => child(root, one)).find((one) => one !== undefined);
    yield {
      at: valueSpan(model),
      message: say`The guest finds a virtio IOMMU by a table of ACPI, which is off: libvirt refuses it. Add \`<acpi/>\` to \`<features>\`.`,
      fixes: [
        {
          title: say`Switch ACPI on`,
          edits: features
            ? insertChild(features, '<acpi/>', document, { first: true })
            : insertChild(root, '<features>\n  <acpi/>\n</features>', document, after ? { after } : {}),
        },
      ],
    };
  }
}

/** Interrupts are remapped where the I/O APIC is QEMU's; releases since 11 see to it where the document leaves the APIC open. */
function* remapping(domain: Domain): Generator<Refused> {
  const apic = attribute(child(domain.root, 'features', 'ioapic'), 'driver');
  for (const iommu of domain.devices('iommu')) {
    const driver = child(iommu, 'driver');
    const remaps = attribute(driver, 'intremap');
    const eim = attribute(driver, 'eim');
    const isOn = remaps?.value.trim() === 'on';
    if (driver && eim?.value.trim() === 'on' && !isOn && (remaps || !isLarge(domain)))
      yield {
        at: valueSpan(eim),
        message: say`Extended interrupt mode is a mode of interrupt remapping: libvirt refuses it unless \`intremap\` is \`on\`.`,
        related: remaps ? [relatedTo(valueSpan(remaps), say`Remapping`)] : [],
        fixes: [
          {
            title: say`Set intremap to 'on'`,
            edits: setAttribute(driver, 'intremap', 'on', domain.document),
          },
        ],
      };
    else if (isOn && remaps && apic?.value.trim() === 'kvm')
      yield {
        at: valueSpan(remaps),
        message: say`Interrupts can't be remapped while the I/O APIC is in the kernel: libvirt refuses it. Set \`ioapic\` to \`qemu\`.`,
        related: [relatedTo(placeOf(apic.parent, 'driver'), say`The I/O APIC`)],
        fixes: [setValueOf(apic.parent, 'driver', 'qemu', domain.document)],
      };
  }
}

/** Of guests with so many vCPUs newer releases switch remapping on by themselves. */
function isLarge(domain: Domain): boolean {
  return (domain.vcpus ?? 256) > 255 && attributeValue(domain.devices('iommu')[0], 'model') === 'intel';
}

export const refusals: readonly Rule[] = [
  refusal('devices/iommu', page, machines, { since: '2.1.0', needs: ['iommu'] }),
  refusal('devices/iommu-options', page, options, { since: '5.5.0', needs: ['iommu'] }),
  refusal('devices/iommu-address', page, addresses, { since: '5.5.0', needs: ['iommu'] }),
  refusal('devices/iommu-acpi', page, withoutAcpi, { since: '9.1.0', needs: ['iommu'] }),
  refusal('devices/iommu-remapping', page, remapping, { since: '3.4.0' }),
];

/** Firmware that libvirt can't bring together: selection, loader, variable store and what the machine needs for them. */
import type { Domain } from '../../domain/domain.ts';
import { firmware } from '../../domain/firmware.ts';
import { addFeature, feature } from '../../domain/hypervisorFeatures.ts';
import { platform } from '../../domain/platform.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { removeElement, setAttribute } from '../../xml/edits.ts';
import { attribute, attributeValue, nameSpan, valueSpan } from '../../xml/query.ts';
import { dropAttribute, dropElement, setValueOf } from '../fixes.ts';
import { placeOf, type Refused, refusal } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'firmware-boot/loader';

/** Leaves the choice of image and variable store to libvirt. */
function selectUefi(domain: Domain): Fix[] {
  const { os, loader, nvram } = firmware(domain);
  if (!os) return [];
  const named = [loader, nvram].flatMap((element) => (element ? removeElement(element, domain.document) : []));
  const edits = [...setAttribute(os, 'firmware', 'efi', domain.document), ...named];
  return [{ title: say`Let libvirt choose: firmware='efi'`, edits }];
}

function* withoutPath(domain: Domain): Generator<Refused> {
  const { selection, loader, path, nvram } = firmware(domain);
  const element = loader ?? nvram;
  if (selection || !element || path !== '') return;
  const missing = loader ? say`names no file` : say`belongs to a \`<loader>\` that is not there`;
  yield {
    at: nameSpan(element),
    message: say`\`<${element.name}>\` ${missing}, and libvirt is not asked to choose the firmware: it refuses. Write \`<os firmware='efi'>\`, or the path of the image.`,
    fixes: selectUefi(domain),
  };
}

function* nvramOfBios(domain: Domain): Generator<Refused> {
  const { selection, nvram } = firmware(domain);
  if (!nvram || selection?.value.trim() !== 'bios') return;
  yield {
    at: nameSpan(nvram),
    message: say`A BIOS keeps no UEFI variables, so libvirt refuses \`<nvram>\` beside it. Remove it, or select \`efi\`.`,
    related: [{ ...valueSpan(selection), message: say`BIOS is selected here` }],
    fixes: [dropElement(nvram, domain.document), setValueOf(selection.parent, 'firmware', 'efi', domain.document)],
  };
}

function* statelessWithNvram(domain: Domain): Generator<Refused> {
  const { loader, nvram } = firmware(domain);
  const stateless = attribute(loader, 'stateless');
  if (!nvram || stateless?.value.trim() !== 'yes') return;
  yield {
    at: nameSpan(nvram),
    message: say`A stateless loader promises to keep no variables, so libvirt refuses \`<nvram>\` beside it. Remove it.`,
    related: [{ ...valueSpan(stateless), message: say`Stateless by this` }],
    fixes: [dropElement(nvram, domain.document), dropAttribute(stateless, domain.document)],
  };
}

function* statefulBios(domain: Domain): Generator<Refused> {
  const { selection, loader, type } = firmware(domain);
  const stateless = attribute(loader, 'stateless');
  const selected = selection?.value.trim();
  const isBios = selection ? selected === 'bios' : type === 'rom';
  if (!isBios || stateless?.value.trim() !== 'no') return;
  yield {
    at: valueSpan(stateless),
    message: say`\`stateless='no'\` asks for a variable store, which only UEFI in flash has; libvirt refuses it for a BIOS. Remove it.`,
    fixes: [dropAttribute(stateless, domain.document)],
  };
}

function* features(domain: Domain): Generator<Refused> {
  const { os, selection, features: wanted } = firmware(domain);
  const [first] = wanted.values();
  const holder = first?.parent;
  if (!os || !first || !holder) return;
  if (!selection) {
    yield {
      at: nameSpan(holder),
      message: say`Firmware features only steer libvirt's own choice, and it is not asked to choose: it refuses them. Write \`<os firmware='efi'>\`, or remove them.`,
      fixes: [...selectUefi(domain), dropElement(holder, domain.document)],
    };
    return;
  }
  const [keys, boot] = [wanted.get('enrolled-keys'), wanted.get('secure-boot')];
  if (!keys || !boot || attributeValue(keys, 'enabled') !== 'yes' || attributeValue(boot, 'enabled') !== 'no') return;
  yield {
    at: placeOf(keys, 'enabled'),
    message: say`Keys are enrolled for secure boot, which is ruled out beside it: libvirt refuses the pair. Enable \`secure-boot\` too, or disable both.`,
    related: [{ ...placeOf(boot, 'enabled'), message: say`Secure boot is ruled out here` }],
    fixes: [
      { title: say`Enable secure-boot`, edits: setAttribute(boot, 'enabled', 'yes', domain.document) },
      { title: say`Disable enrolled-keys`, edits: setAttribute(keys, 'enabled', 'no', domain.document) },
    ],
  };
}

function* uefiWithoutAcpi(domain: Domain): Generator<Refused> {
  const { os, isUefi, selection, loader } = firmware(domain);
  const place = selection ?? attribute(loader, 'type');
  if (!os || !isUefi || !place || platform(domain).architecture !== 'x86' || feature(domain, 'acpi')) return;
  yield {
    at: valueSpan(place),
    message: say`UEFI tells an x86 guest of its hardware by ACPI tables; libvirt refuses it without \`<acpi/>\`. Add it to \`<features>\`.`,
    fixes: [{ title: say`Add <acpi/>`, edits: addFeature(domain, '<acpi/>', true) }],
  };
}

function* armAcpiWithoutUefi(domain: Domain): Generator<Refused> {
  const { os, isUefi } = firmware(domain);
  const acpi = feature(domain, 'acpi');
  if (!os || !acpi || isUefi || domain.architecture !== 'aarch64') return;
  yield {
    at: nameSpan(acpi),
    message: say`On aarch64 only UEFI brings ACPI tables; without it the guest is given a device tree, and libvirt refuses \`<acpi/>\`. Write \`<os firmware='efi'>\`, or remove it.`,
    fixes: [...selectUefi(domain), dropElement(acpi, domain.document)],
  };
}

/** No firmware that is described for libvirt's choice may be written to: it takes the code read-only, the variables apart. */
function* writableChoice(domain: Domain): Generator<Refused> {
  const { selection, loader } = firmware(domain);
  const readonly = attribute(loader, 'readonly');
  if (!loader || selection?.value.trim() !== 'efi' || readonly?.value.trim() !== 'no') return;
  const saysMore = loader.attributes.length > 1 || loader.children.length > 0;
  yield {
    at: valueSpan(readonly),
    message: say`libvirt chooses among images that are read-only and keep their variables apart; with \`readonly='no'\` none fits, and it refuses. Remove \`readonly\`.`,
    fixes: [saysMore ? dropAttribute(readonly, domain.document) : dropElement(loader, domain.document)],
  };
}

/** nvram/@type of disks that libvirt can't give to the flash device. */
const NO_STORE = new Set(['dir', 'volume', 'nvme', 'vhostuser', 'vhostvdpa']);

function* nvramSource(domain: Domain): Generator<Refused> {
  const { nvram } = firmware(domain);
  const type = attribute(nvram, 'type');
  if (!type || !NO_STORE.has(type.value.trim())) return;
  yield {
    at: valueSpan(type),
    message: say`UEFI variables can be kept in a file, on a block device or over the network; libvirt refuses the type \`${type.value}\`. Use \`file\`.`,
  };
}

export const refusals: readonly Rule[] = [
  refusal('firmware-boot/loader-without-path', page, withoutPath, { needs: ['loader|nvram'] }),
  refusal('firmware-boot/nvram-without-uefi', page, nvramOfBios, { needs: ['nvram', '@firmware'], since: '5.2.0' }),
  refusal('firmware-boot/stateless-with-nvram', page, statelessWithNvram, {
    needs: ['nvram', '@stateless'],
    since: '8.6.0',
  }),
  refusal('firmware-boot/bios-not-stateless', page, statefulBios, { needs: ['@stateless'], since: '8.6.0' }),
  refusal('firmware-boot/firmware-features', page, features, { needs: ['firmware', 'feature'], since: '7.2.0' }),
  refusal('firmware-boot/uefi-needs-acpi', page, uefiWithoutAcpi, { needs: ['@firmware|loader'] }),
  refusal('firmware-boot/arm-acpi-needs-uefi', page, armAcpiWithoutUefi, { needs: ['acpi', '@arch'] }),
  refusal('firmware-boot/writable-selection', page, writableChoice, {
    needs: ['@firmware', '@readonly'],
    since: '5.2.0',
  }),
  refusal('firmware-boot/nvram-source', page, nvramSource, {
    needs: ['nvram', '@type'],
    since: '8.5.0',
    withoutFix: true,
  }),
];

/** Firmware strings for the guest: SMBIOS and fw_cfg. */
import type { Domain } from '../../domain/domain.ts';
import { firmware } from '../../domain/firmware.ts';
import { isSameUuid, isUuid } from '../../domain/uuid.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute, setText } from '../../xml/edits.ts';
import {
  attribute,
  attributeValue,
  child,
  childElements,
  nameSpan,
  textOf,
  textSpan,
  valueSpan,
} from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropElement } from '../fixes.ts';
import { type Refused, refusal } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'firmware-boot/smbios';

/** The entries of one part of sysinfo, by document order: `entries(domain, 'smbios', 'system')`. */
function entries(domain: Domain, type: string, part?: string): readonly XmlElement[] {
  return childElements(domain.root, 'sysinfo')
    .filter((one) => (attributeValue(one, 'type') ?? '') === type)
    .flatMap((one) => (part === undefined ? [one] : childElements(one, part)))
    .flatMap((one) => childElements(one, 'entry'));
}

function* uuids(domain: Domain): Generator<Refused> {
  const own = child(domain.root, 'uuid');
  const ownText = textOf(own);
  for (const entry of entries(domain, 'smbios', 'system')) {
    const text = textOf(entry);
    if (attributeValue(entry, 'name') !== 'uuid' || text === '') continue;
    if (own && isUuid(ownText) && isUuid(text) && !isSameUuid(text, ownText)) {
      yield {
        at: textSpan(entry),
        message: say`The UUID that the guest is shown is not that of the domain, and libvirt refuses the difference. Make them equal, or leave the entry out: it is the default.`,
        related: [{ ...textSpan(own), message: say`The domain's UUID` }],
        fixes: [
          { title: say`Use the domain's UUID`, edits: setText(entry, ownText) },
          dropElement(entry, domain.document),
        ],
      };
    } else if (!isUuid(text)) {
      yield {
        at: textSpan(entry),
        message: say`\`${text}\` is no UUID, and libvirt refuses it. Leave the entry out: the domain's own is shown then.`,
        fixes: [dropElement(entry, domain.document)],
      };
    }
  }
}

/** "mm/dd/yyyy", or with a year of two digits of the last century. */
function isDate(text: string): boolean {
  const [, month, day, year] = (/^(\d+)\/(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (month === undefined || day === undefined || year === undefined) return false;
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 && (year < 100 || year >= 1900);
}

function* dates(domain: Domain): Generator<Refused> {
  for (const entry of entries(domain, 'smbios', 'bios')) {
    const text = textOf(entry);
    if (attributeValue(entry, 'name') !== 'date' || text === '' || isDate(text)) continue;
    const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
    const turned = `${month}/${day}/${year}`;
    yield {
      at: textSpan(entry),
      message: say`SMBIOS writes dates as mm/dd/yyyy (or yy); libvirt refuses \`${text}\`.`,
      fixes: [
        isDate(turned)
          ? { title: say`Write ${turned}`, edits: setText(entry, turned) }
          : dropElement(entry, domain.document),
      ],
    };
  }
}

function* mode(domain: Domain): Generator<Refused> {
  const { os } = firmware(domain);
  const smbios = os && child(os, 'smbios');
  const written = attribute(smbios, 'mode');
  if (!smbios || written?.value.trim() !== 'sysinfo') return;
  const isGiven = childElements(domain.root, 'sysinfo').some((one) => attributeValue(one, 'type') === 'smbios');
  if (isGiven) return;
  yield {
    at: valueSpan(written),
    message: say`The guest shall be shown the strings of \`<sysinfo type='smbios'>\`, and there are none: the start fails. Add them, or use \`emulate\`.`,
    fixes: [
      { title: say`Change mode to 'emulate'`, edits: setAttribute(smbios, 'mode', 'emulate', domain.document) },
      dropElement(smbios, domain.document),
    ],
  };
}

const RESERVED = ['opt/ovmf/', 'opt/org.qemu/'];

function* firmwareEntries(domain: Domain): Generator<Refused> {
  for (const entry of entries(domain, 'fwcfg')) {
    const name = attribute(entry, 'name');
    const value = name?.value ?? '';
    if (name && !value.startsWith('opt/')) {
      yield {
        at: valueSpan(name),
        message: say`\`${value}\`: only names below \`opt/\` are the user's in fw_cfg; libvirt refuses others. Write \`opt/\` before it, best with a domain of yours: \`opt/com.example/…\`.`,
        fixes: [{ title: say`Use opt/${value}`, edits: setAttribute(entry, 'name', `opt/${value}`, domain.document) }],
      };
    } else if (RESERVED.some((prefix) => value.startsWith(prefix))) {
      yield {
        at: name ? valueSpan(name) : nameSpan(entry),
        message: say`\`${value}\` is reserved for QEMU and OVMF themselves, and libvirt refuses it. Use a name below a domain of yours: \`opt/com.example/…\`.`,
        fixes: [dropElement(entry, domain.document)],
      };
    } else if (name && textOf(entry) === '' && !attribute(entry, 'file')) {
      yield {
        at: nameSpan(entry),
        message: say`The entry holds neither a value nor the name of a \`file\`: libvirt refuses it. Give one, or remove it.`,
        fixes: [dropElement(entry, domain.document)],
      };
    }
  }
}

export const refusals: readonly Rule[] = [
  refusal('firmware-boot/smbios-values', page, uuids, { needs: ['sysinfo', 'entry'], since: '0.8.7' }),
  refusal('firmware-boot/smbios-date', page, dates, { needs: ['sysinfo', 'entry'], since: '0.8.7' }),
  refusal('firmware-boot/smbios-sysinfo-missing', page, mode, { needs: ['smbios', '@mode'], since: '0.8.7' }),
  refusal('firmware-boot/fwcfg-entry', page, firmwareEntries, { needs: ['sysinfo', 'entry'], since: '6.5.0' }),
];

/** Enlightenments that QEMU, or libvirt, refuses: their values, and what they stand on. */
import type { Domain } from '../../domain/domain.ts';
import { feature, isOn } from '../../domain/hypervisorFeatures.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import type { TextEdit } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { insertBefore, setAttribute } from '../../xml/edits.ts';
import { attribute, attributeValue, child, childElements, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { setValueOf } from '../fixes.ts';
import { placeOf, type Refused, refusal } from '../refusal.ts';
import type { Rule } from '../rule.ts';
import { enlightenment, isEnlightened, takesAll } from './enlightenments.ts';

const page = 'windows-guests/hyperv';

/** What each needs, by QEMU's documentation of them. The clock that stimer needs besides is a timer, and told of elsewhere. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  synic: ['vpindex'],
  stimer: ['vpindex', 'synic'],
  tlbflush: ['vpindex'],
  ipi: ['vpindex'],
  evmcs: ['vapic'],
};

/** Switches enlightenments on, before the one that needs them. */
function switchOn(names: readonly string[], before: XmlElement, domain: Domain): TextEdit[] {
  const hyperv = before.parent;
  const written = names.flatMap((name) => (hyperv && child(hyperv, name)) ?? []);
  const absent = names.filter((name) => !written.some((one) => one.name === name));
  return [
    ...written.flatMap((one) => setAttribute(one, 'state', 'on', domain.document)),
    ...(absent.length > 0 ? insertBefore(before, absent.map(enlightenment).join('\n'), domain.document) : []),
  ];
}

function* dependencies(domain: Domain): Generator<Refused> {
  const hyperv = feature(domain, 'hyperv');
  // Emulation passes over them, and so did libvirt until it asked for them itself.
  if (!hyperv || !domain.isKvm || !domain.isX86 || takesAll(domain)) return;
  for (const element of childElements(hyperv)) {
    const missing = (NEEDS[element.name] ?? []).filter((name) => !isEnlightened(domain, name));
    if (missing.length === 0 || !isEnlightened(domain, element.name)) continue;
    const list = missing.map((name) => `\`${name}\``).join(say` and `);
    yield {
      at: nameSpan(element),
      message: say`\`<${element.name}>\` stands on ${list}, which ${missing.length > 1 ? 'are' : 'is'} off: QEMU refuses to start the guest, and libvirt of today to define it. Switch ${missing.length > 1 ? 'them' : 'it'} on too.`,
      fixes: [{ title: say`Switch ${missing.join(say` and `)} on`, edits: switchOn(missing, element, domain) }],
    };
  }
}

/** The least that the interface allows; and what virt-install and Nova write. */
const RETRIES = { least: 4095, usual: '8191' };

function* spinlocks(domain: Domain): Generator<Refused> {
  const element = feature(domain, 'hyperv', 'spinlocks');
  if (!element || attributeValue(element, 'state') !== 'on') return;
  const retries = attribute(element, 'retries');
  const number = wholeNumber(retries?.value);
  if (retries && (number === undefined || number >= RETRIES.least)) return;
  yield {
    at: retries ? valueSpan(retries) : nameSpan(element),
    message: say`A vCPU must spin ${RETRIES.least} times at least before it asks the hypervisor; libvirt refuses ${retries ? number : say`no number`}. ${RETRIES.usual} is usual.`,
    fixes: [setValueOf(element, 'retries', RETRIES.usual, domain.document)],
  };
}

/** Characters in the CPUID leaf of the vendor. */
const VENDOR_LENGTH = 12;

function* vendor(domain: Domain): Generator<Refused> {
  const element = feature(domain, 'hyperv', 'vendor_id');
  if (!element || !isOn(element) || !attribute(element, 'state')) return;
  const value = attribute(element, 'value');
  const text = value?.value ?? '';
  if (value && text.length <= VENDOR_LENGTH && !text.includes(',')) return;
  const short = text.replaceAll(',', '').slice(0, VENDOR_LENGTH) || say`KVM Hv`;
  yield {
    at: placeOf(element, 'value'),
    message: say`The vendor fills ${VENDOR_LENGTH} bytes of CPUID and has no comma; libvirt refuses ${value ? `\`${text}\`` : say`it without \`value\``}. \`${short}\` fits.`,
    fixes: [setValueOf(element, 'value', short, domain.document)],
  };
}

function* withoutState(domain: Domain): Generator<Refused> {
  const hyperv = feature(domain, 'hyperv');
  for (const element of hyperv ? childElements(hyperv) : []) {
    if (attribute(element, 'state')) continue;
    yield {
      at: nameSpan(element),
      message: say`\`<${element.name}>\` doesn't say whether it is on or off, and libvirt refuses it without \`state\`.`,
      fixes: [setValueOf(element, 'state', 'on', domain.document)],
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal('windows-guests/enlightenment-dependencies', page, dependencies, { needs: ['hyperv'], since: '1.3.3' }),
  refusal('windows-guests/enlightenment-state', page, withoutState, { needs: ['hyperv'] }),
  refusal('windows-guests/spinlocks-retries', page, spinlocks, { needs: ['spinlocks'], since: '1.1.0' }),
  refusal('windows-guests/vendor-id', page, vendor, { needs: ['vendor_id'], since: '1.3.3' }),
];

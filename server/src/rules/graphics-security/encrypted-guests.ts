/** Encrypted guests: data of a fixed length, and what TDX does not go with. Newer than any libvirt that the examples were shown to. */
import type { Domain } from '../../domain/domain.ts';
import { anyNumber } from '../../domain/freeNumbers.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { setText } from '../../xml/edits.ts';
import { attribute, attributeValue, child, nameSpan, textOf, textSpan, valueSpan } from '../../xml/query.ts';
import type { Span, XmlElement } from '../../xml/tree.ts';
import { dropElement, setValueOf } from '../fixes.ts';
import { placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'graphics-security/encrypted-guests';

/** Bytes that each value has, by type of launchSecurity. */
const LENGTHS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'sev-snp': { guestVisibleWorkarounds: 16, idBlock: 96, idAuth: 4096, hostData: 32 },
  tdx: { mrConfigId: 48, mrOwner: 48, mrOwnerConfig: 48 },
};

function ofType(domain: Domain, ...types: readonly string[]): XmlElement | undefined {
  const security = child(domain.root, 'launchSecurity');
  return security && types.includes(attributeValue(security, 'type') ?? '') ? security : undefined;
}

/** Bytes that base64 stands for, or undefined where it is none. */
function decodedLength(text: string): number | undefined {
  const digits = text.replace(/\s/g, '');
  if (digits.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(digits)) return undefined;
  return (digits.length / 4) * 3 - (digits.length - digits.replace(/=/g, '').length);
}

function* lengths(domain: Domain): Generator<Refused> {
  const security = ofType(domain, ...Object.keys(LENGTHS));
  const type = attributeValue(security, 'type');
  if (!security || type === undefined) return;
  for (const [name, wanted] of Object.entries(LENGTHS[type] ?? {})) {
    const element = child(security, name);
    const length = element && decodedLength(textOf(element));
    if (!element || length === undefined || length === wanted) continue;
    yield {
      at: textSpan(element),
      message: say`\`<${name}>\` is base64 of ${wanted} bytes, and this is of ${length}: libvirt refuses it. Write it whole, or leave it out.`,
      fixes: [dropElement(element, domain.document)],
    };
  }
}

/** Debugging, and no #VE: the attributes of a trust domain that are the owner's to choose. */
const TDX_POLICY = 0x10000001;

interface Against {
  readonly at: Span;
  readonly what: string;
  readonly fix: Fix;
}

/** What the firmware of the CPU rules out. */
function against(domain: Domain): Against[] {
  const features = child(domain.root, 'features');
  const wrong = [
    { name: 'ioapic', attributeName: 'driver', bad: 'kvm', good: 'qemu', what: say`an I/O APIC in the host's kernel` },
    { name: 'pmu', attributeName: 'state', bad: 'on', good: 'off', what: say`a virtual performance counter` },
    { name: 'smm', attributeName: 'state', bad: 'on', good: 'off', what: say`system management mode` },
  ].flatMap(({ name, attributeName, bad, good, what }) => {
    const feature = features && child(features, name);
    const at = attribute(feature, attributeName);
    if (!feature || at?.value.trim() !== bad) return [];
    return [{ at: valueSpan(at), what, fix: setValueOf(feature, attributeName, good, domain.document) }];
  });
  const loader = child(domain.root, 'os', 'loader');
  const flash = attribute(loader, 'type');
  if (!loader || flash?.value.trim() !== 'pflash') return wrong;
  const fix = setValueOf(loader, 'type', 'rom', domain.document);
  return [...wrong, { at: valueSpan(flash), what: say`firmware in flash memory`, fix }];
}

function* trustDomains(domain: Domain): Generator<Refused> {
  const security = ofType(domain, 'tdx');
  if (!security) return;
  const related = [relatedTo(placeOf(security, 'type'), say`An Intel TDX guest`)];
  for (const { at, what, fix } of against(domain))
    yield {
      at,
      message: say`An Intel TDX guest can't have ${what}: libvirt refuses the two together.`,
      related,
      fixes: [fix],
    };
  const policy = child(security, 'policy');
  const value = policy && anyNumber(textOf(policy));
  if (!policy || value === undefined || value % 2 ** 32 === (value & TDX_POLICY) >>> 0) return;
  const allowed = `0x${((value & TDX_POLICY) >>> 0).toString(16)}`;
  yield {
    at: textSpan(policy),
    message: say`Of a TDX policy bit 0 (debugging) and bit 28 (no #VE) are free, and this one sets others: libvirt refuses it.`,
    related: [relatedTo(nameSpan(security), say`An Intel TDX guest`)],
    fixes: [{ title: say`Change it to '${allowed}'`, edits: setText(policy, allowed) }],
  };
}

export const refusals: readonly Rule[] = [
  refusal('graphics-security/launch-data-length', page, lengths, { since: '10.5.0', needs: ['launchSecurity'] }),
  refusal('graphics-security/tdx', page, trustDomains, { since: '11.6.0', needs: ['launchSecurity'] }),
];

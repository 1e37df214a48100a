/** Features that belong to one family of machines; libvirt refuses them on any other. */
import type { Domain } from '../../domain/domain.ts';
import { feature, isOn } from '../../domain/hypervisorFeatures.ts';
import { type Home, isElsewhere, platform, platformName } from '../../domain/platform.ts';
import { type Phrase, phrase, say } from '../../l10n/say.ts';
import { attribute, attributeSpan, attributeValue, child, nameSpan } from '../../xml/query.ts';
import type { Span, XmlElement } from '../../xml/tree.ts';
import { dropAttribute, dropElement } from '../fixes.ts';
import { machinePlace, type Refused, refusal } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'features/architecture';

interface Bound {
  readonly name: string;
  readonly homes: readonly Home[];
  readonly owners: Phrase;
}

const X86: readonly Home[] = ['x86'];
const PSERIES: readonly Home[] = ['pseries'];
const ARM: readonly Home[] = ['arm-virt'];

const BOUND: readonly Bound[] = [
  ...['hpt', 'htm', 'nested-hv', 'ccf-assist', 'cfpc', 'sbbc', 'ibs'].map((name) => ({
    name,
    homes: PSERIES,
    owners: phrase`pseries machines (POWER)`,
  })),
  { name: 'gic', homes: ARM, owners: phrase`the \`virt\` machine of Arm` },
  { name: 'ras', homes: ARM, owners: phrase`the \`virt\` machine of Arm` },
  { name: 'aia', homes: ['riscv-virt'], owners: phrase`the \`virt\` machine of RISC-V` },
  { name: 'ioapic', homes: X86, owners: phrase`x86` },
  { name: 'pvspinlock', homes: X86, owners: phrase`x86` },
  { name: 'smm', homes: X86, owners: phrase`x86` },
  { name: 'ps2', homes: X86, owners: phrase`x86` },
  { name: 'vmport', homes: ['q35', 'i440fx', 'isapc'], owners: phrase`the PC machines of x86` },
  { name: 'hyperv', homes: ['x86', 'arm-virt'], owners: phrase`x86 and the \`virt\` machine of Arm` },
];

function away(domain: Domain, at: Span, what: string, owners: Phrase): Omit<Refused, 'fixes'> {
  return {
    at,
    message: say`${what} is for ${owners}; libvirt refuses it on ${platformName(domain)}. Remove it.`,
    related: machinePlace(domain),
  };
}

function* elsewhere(domain: Domain): Generator<Refused> {
  for (const { name, homes, owners } of BOUND) {
    const element = feature(domain, name);
    if (!element || !isElsewhere(domain, homes)) continue;
    if (name === 'smm' && !isOn(element)) continue;
    yield {
      ...away(domain, nameSpan(element), `\`<${name}>\``, owners),
      fixes: [dropElement(element, domain.document)],
    };
  }
  const eoi = attribute(feature(domain, 'apic'), 'eoi');
  if (eoi && isElsewhere(domain, X86))
    yield { ...away(domain, attributeSpan(eoi), '`eoi`', phrase`x86`), fixes: [dropAttribute(eoi, domain.document)] };
}

function* pmuOff(domain: Domain): Generator<Refused> {
  const pmu = feature(domain, 'pmu');
  if (!pmu || attributeValue(pmu, 'state') !== 'off' || platform(domain).architecture !== 'ppc64') return;
  yield {
    at: nameSpan(pmu),
    message: say`POWER guests always have a performance monitor, and libvirt refuses to switch it off. Remove \`<pmu>\`.`,
    related: machinePlace(domain),
    fixes: [dropElement(pmu, domain.document)],
  };
}

/** Machines of s390 have no ACPI; libvirt asks QEMU, and every QEMU says so. */
function* acpiOfMainframe(domain: Domain): Generator<Refused> {
  const acpi = feature(domain, 'acpi');
  if (!acpi || platform(domain).architecture !== 's390') return;
  yield {
    at: nameSpan(acpi),
    message: say`The machines of s390 have no ACPI, and libvirt refuses it. Remove \`<acpi>\`.`,
    related: machinePlace(domain),
    fixes: [dropElement(acpi, domain.document)],
  };
}

/** Parts of pm, which are states of ACPI on x86. */
function* sleepStates(domain: Domain): Generator<Refused> {
  const pm = child(domain.root, 'pm');
  if (!pm || !isElsewhere(domain, X86)) return;
  const states = ['suspend-to-mem', 'suspend-to-disk'].flatMap((name) => child(pm, name) ?? []);
  for (const state of states.filter((one: XmlElement) => attribute(one, 'enabled')))
    yield {
      ...away(domain, nameSpan(state), `\`<${state.name}>\``, phrase`x86`),
      fixes: [dropElement(states.length === 1 ? pm : state, domain.document)],
    };
}

function* keyWrap(domain: Domain): Generator<Refused> {
  const keywrap = child(domain.root, 'keywrap');
  const { architecture } = platform(domain);
  if (!keywrap || architecture === undefined || architecture === 's390') return;
  yield {
    at: nameSpan(keywrap),
    message: say`Only s390 has machines that wrap keys; elsewhere the start fails. Remove \`<keywrap>\`.`,
    related: machinePlace(domain),
    fixes: [dropElement(keywrap, domain.document)],
  };
}

export const refusals: readonly Rule[] = [
  refusal('features/arch-specific', page, elsewhere, { needs: ['features'] }),
  refusal('features/pmu-always-on', page, pmuOff, { needs: ['pmu'], since: '1.2.12' }),
  refusal('features/acpi-unsupported', page, acpiOfMainframe, { needs: ['acpi'] }),
  refusal('features/sleep-states', page, sleepStates, { needs: ['pm'], since: '0.10.2' }),
  refusal('features/key-wrap', page, keyWrap, { needs: ['keywrap'], since: '1.2.17' }),
];

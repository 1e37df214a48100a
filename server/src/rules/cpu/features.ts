/** Features that libvirt does not know, or that contradict each other. */
import { type Cpu, type CpuFeature, cpuOf } from '../../domain/cpu.ts';
import { armFeatures, x86FeatureOfAlias, x86Features } from '../../domain/cpuFeatures.ts';
import type { Domain } from '../../domain/domain.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import { say } from '../../l10n/say.ts';
import { setText } from '../../xml/edits.ts';
import { attributeValue, child, textSpan } from '../../xml/query.ts';
import { editDistance } from '../../xml/similar.ts';
import { dropElement, setValueOf } from '../fixes.ts';
import { placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'cpu/features';

/** What was meant by a name that libvirt does not know: QEMU's name for it, or one that a slip of the keyboard parts from it. */
export function meantFeature(written: string): string | undefined {
  const known = x86Features();
  if (known.has(written) || written.startsWith('vmx-')) return undefined;
  const alias = x86FeatureOfAlias(written);
  if (alias) return alias;
  const lower = written.toLowerCase();
  if (known.has(lower)) return lower;
  // Names that differ in a number are different features.
  const letters = (name: string): string => name.replace(/\d+/g, '');
  return written.length < 3
    ? undefined
    : [...known].find((name) => editDistance(lower, name) === 1 && letters(name) !== letters(lower));
}

/** Names that no feature ever had: they are in small letters, with digits at most between them. */
export function isNoName(written: string): boolean {
  return !/[a-z]/.test(written) || /[A-Z]/.test(written);
}

function* unknownFeatures(domain: Domain): Iterable<Refused> {
  const cpu = cpuOf(domain);
  const isArm = domain.architecture === 'aarch64';
  if (!cpu || (!isArm && !domain.isX86)) return;
  for (const { element, name } of cpu.features) {
    // Anything but letters, digits and joints is a placeholder.
    if (!/^[\w.-]+$/.test(name)) continue;
    const meant = isArm ? undefined : meantFeature(name);
    if (isArm ? armFeatures().has(name) : meant === undefined && !isNoName(name)) continue;
    yield {
      at: placeOf(element, 'name'),
      message: isArm
        ? say`libvirt knows no feature \`${name}\` of an ARM CPU, only \`sve\` with its lengths and \`pauth\`: the guest does not start. Remove it.`
        : say`libvirt knows no CPU feature \`${name}\`: the definition is stored, but the guest does not start. ${meant === undefined ? say`Remove it.` : say`Its name for it is \`${meant}\`.`}`,
      fixes: [
        meant === undefined ? undefined : setValueOf(element, 'name', meant, domain.document),
        dropElement(element, domain.document),
      ],
    };
  }
}

/** Vector lengths of an SVE that is switched off. */
function* sveLengths(domain: Domain): Iterable<Refused> {
  const cpu: Cpu | undefined = domain.architecture === 'aarch64' ? cpuOf(domain) : undefined;
  const isOff = ({ name, policy }: CpuFeature): boolean => name === 'sve' && ['disable', 'forbid'].includes(policy);
  const sve = cpu?.features.find(isOff);
  const length = cpu?.features.find(({ name, policy }) => /^sve\d+$/.test(name) && policy === 'require');
  if (!sve || !length) return;
  yield {
    at: placeOf(length.element, 'name'),
    message: say`\`${length.name}\` asks for vectors of a length, and SVE is switched off: libvirt refuses the definition. Remove one of the two.`,
    related: [relatedTo(placeOf(sve.element, 'policy'), say`Switched off here`)],
    fixes: [dropElement(length.element, domain.document), dropElement(sve.element, domain.document)],
  };
}

/** On pSeries a whole core is plugged in: vCPUs in multiples of its threads. */
function* wholeCores(domain: Domain): Iterable<Refused> {
  const topology = child(domain.root, 'cpu', 'topology');
  const threads = wholeNumber(attributeValue(topology, 'threads'));
  const vcpu = child(domain.root, 'vcpu');
  if (!/^pseries/.test(domain.machine ?? '') || !topology || !threads || !vcpu) return;
  const online = wholeNumber(attributeValue(vcpu, 'current')) ?? domain.vcpus;
  if (online === undefined || online % threads === 0 || child(domain.root, 'vcpus')) return;
  const whole = Math.ceil(online / threads) * threads;
  const isCurrent = attributeValue(vcpu, 'current') !== undefined;
  yield {
    at: isCurrent ? placeOf(vcpu, 'current') : textSpan(vcpu),
    message: say`A pSeries guest is given whole cores, of ${threads} threads here: libvirt refuses ${online} vCPUs. Use a multiple of ${threads}.`,
    related: [relatedTo(placeOf(topology, 'threads'), say`The threads of a core`)],
    fixes: [
      isCurrent
        ? setValueOf(vcpu, 'current', String(whole), domain.document)
        : { title: say`Change vcpu to ${whole}`, edits: setText(vcpu, String(whole)) },
    ],
  };
}

export const refusals: readonly Rule[] = [
  refusal('cpu/feature-unknown', page, unknownFeatures, { needs: ['feature'] }),
  refusal('cpu/sve-lengths', page, sveLengths, { since: '6.2.0', needs: ['feature'] }),
  refusal('cpu/whole-cores', page, wholeCores, { since: '2.2.0', needs: ['topology'] }),
];

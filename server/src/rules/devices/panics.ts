/** Panic devices: each model belongs to some machines, and has one kind of address or none. */
import type { Domain } from '../../domain/domain.ts';
import { type Architecture, type Home, isElsewhere, platform, platformName } from '../../domain/platform.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeValue, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropAttribute, dropElement, setValueOf } from '../fixes.ts';
import { addressOf, machinePlace, placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'devices/panics';

interface Model {
  /** Undefined: any that has its bus. */
  readonly homes?: readonly Home[];
  /** Type of its address; undefined: it has none. */
  readonly address?: string;
}

const MODELS: Readonly<Record<string, Model>> = {
  isa: { address: 'isa' },
  pvpanic: { address: 'pci' },
  hyperv: { homes: ['x86'] },
  pseries: { homes: ['pseries'] },
  s390: { homes: ['s390'] },
};

/** Architectures for which libvirt has no model of its own accord; pseries machines have one (qemuDomainDefaultPanicModel). */
const WITHOUT_DEFAULT: readonly Architecture[] = ['arm', 'riscv', 'loongarch', 'other'];

function modelOf(panic: XmlElement, domain: Domain): string | undefined {
  const { architecture, machine } = platform(domain);
  const written = attributeValue(panic, 'model');
  if (written !== undefined) return written;
  if (machine === 'pseries') return 'pseries';
  return architecture === 's390' ? 's390' : architecture === 'x86' ? 'isa' : undefined;
}

function* models(domain: Domain): Generator<Refused> {
  for (const panic of domain.devices('panic')) {
    const model = attribute(panic, 'model');
    const homes = MODELS[modelOf(panic, domain) ?? '']?.homes;
    if (!model || !homes || !isElsewhere(domain, homes)) continue;
    const hasDefault = !WITHOUT_DEFAULT.includes(platform(domain).architecture ?? 'other');
    yield {
      at: valueSpan(model),
      message: say`There is no panic device \`${model.value.trim()}\` on ${platformName(domain)}: libvirt refuses it. ${hasDefault ? say`Leave \`model\` out for the one of the machine` : say`Use \`pvpanic\`, a PCI device`}.`,
      related: machinePlace(domain),
      fixes: [
        hasDefault ? dropAttribute(model, domain.document) : setValueOf(panic, 'model', 'pvpanic', domain.document),
      ],
    };
  }
}

function* withoutModel(domain: Domain): Generator<Refused> {
  const { architecture } = platform(domain);
  if (architecture === undefined || !WITHOUT_DEFAULT.includes(architecture)) return;
  for (const panic of domain.devices('panic')) {
    if (attribute(panic, 'model')) continue;
    yield {
      at: nameSpan(panic),
      message: say`On ${platformName(domain)} no panic device is built in, and libvirt refuses one without \`model\`. Use \`pvpanic\`, a PCI device.`,
      related: machinePlace(domain),
      fixes: [setValueOf(panic, 'model', 'pvpanic', domain.document)],
    };
  }
}

function* addresses(domain: Domain): Generator<Refused> {
  for (const panic of domain.devices('panic')) {
    const address = addressOf(panic);
    const name = modelOf(panic, domain);
    const model = name !== undefined && Object.hasOwn(MODELS, name) ? MODELS[name] : undefined;
    const type = address?.type.value.trim();
    if (!address || !model || type === model.address) continue;
    yield {
      at: valueSpan(address.type),
      message: say`The panic device \`${name}\` ${model.address ? say`has an address of type \`${model.address}\`, not \`${type}\`` : say`is no device on a bus and has no address`}: libvirt refuses it. Remove the address.`,
      related: attribute(panic, 'model') ? [relatedTo(placeOf(panic, 'model'), say`The model`)] : [],
      fixes: [dropElement(address.element, domain.document)],
    };
  }
}

function* twice(domain: Domain): Generator<Refused> {
  const first = new Map<string, XmlElement>();
  for (const panic of domain.devices('panic')) {
    const model = modelOf(panic, domain);
    const earlier = model === undefined ? undefined : first.get(model);
    if (model !== undefined && !earlier) first.set(model, panic);
    if (!earlier) continue;
    yield {
      at: nameSpan(panic),
      message: say`The panic device \`${model}\` is there already; libvirt refuses a second one of a model. Remove it.`,
      related: [relatedTo(nameSpan(earlier), say`The first one`)],
      fixes: [dropElement(panic, domain.document)],
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal('devices/panic-model', page, models, { since: '1.3.1', needs: ['panic'] }),
  refusal('devices/panic-no-model', page, withoutModel, { since: '11.2.0', needs: ['panic'] }),
  refusal('devices/panic-address', page, addresses, { since: '1.2.1', needs: ['panic'] }),
  refusal('devices/panic-twice', page, twice, { since: '2.5.0', needs: ['panic'] }),
];

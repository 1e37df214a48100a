/** TPMs: how many, which version on which model, and where the backend is. */
import type { Domain } from '../../domain/domain.ts';
import { type Home, isElsewhere, platform, platformName } from '../../domain/platform.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeValue, child, childElements, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { addChild, dropAttribute, dropElement, setValueOf } from '../fixes.ts';
import { machinePlace, placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'devices/tpms';

const PROXY = 'spapr-tpm-proxy';
const EMULATOR = "<backend type='emulator' version='2.0'/>";

/** One TPM, and on pseries one proxy of the host's beside it. */
function* counts(domain: Domain): Generator<Refused> {
  const first = new Map<boolean, XmlElement>();
  for (const tpm of domain.devices('tpm')) {
    const isProxy = attributeValue(tpm, 'model') === PROXY;
    const earlier = first.get(isProxy);
    if (!earlier) first.set(isProxy, tpm);
    if (earlier)
      yield {
        at: nameSpan(tpm),
        message: say`A guest has one TPM${isProxy ? say` proxy` : ''}: libvirt refuses a second one. Remove it.`,
        related: [relatedTo(nameSpan(earlier), say`The first one`)],
        fixes: [dropElement(tpm, domain.document)],
      };
    else if (!child(tpm, 'backend'))
      yield {
        at: nameSpan(tpm),
        message: say`A TPM needs a \`<backend>\` that does its work: libvirt refuses it without one. \`emulator\` gives the guest a TPM of its own.`,
        fixes: [addChild(tpm, EMULATOR, domain.document, say`Add an emulated TPM 2.0`)],
      };
  }
}

/** The model as libvirt fills it in (qemuDomainTPMDefPostParse). */
function modelOf(tpm: XmlElement, domain: Domain): string | undefined {
  const { architecture } = platform(domain);
  return attributeValue(tpm, 'model') ?? (architecture && (architecture === 'ppc64' ? 'tpm-spapr' : 'tpm-tis'));
}

/** TPM 1.2 has the TIS interface, on the PC only. */
function* versions(domain: Domain): Generator<Refused> {
  for (const tpm of domain.devices('tpm')) {
    const backend = child(tpm, 'backend');
    const version = attribute(backend, 'version');
    if (attributeValue(backend, 'type') !== 'emulator' || version?.value.trim() !== '1.2') continue;
    const model = modelOf(tpm, domain);
    const isWrongModel = model !== undefined && model !== 'tpm-tis';
    if (!isWrongModel && !isElsewhere(domain, ['x86'])) continue;
    yield {
      at: valueSpan(version),
      message: isWrongModel
        ? say`\`${model}\` is an interface of TPM 2.0; libvirt refuses version 1.2 on it. Use version 2.0, which systems of the last ten years want anyway.`
        : say`TPM 1.2 exists on the PC only; libvirt refuses it on ${platformName(domain)}. Use version 2.0.`,
      related: isWrongModel && attribute(tpm, 'model') ? [relatedTo(placeOf(tpm, 'model'), say`The model`)] : [],
      fixes: [setValueOf(version.parent, 'version', '2.0', domain.document)],
    };
  }
}

/** What only TPM 2.0 has. Without a version libvirt takes 1.2 for the TIS of a PC. */
function* onlyOf2(domain: Domain): Generator<Refused> {
  for (const tpm of domain.devices('tpm')) {
    const backend = child(tpm, 'backend');
    if (!backend || attributeValue(backend, 'type') !== 'emulator') continue;
    const version = attributeValue(backend, 'version');
    const isPc = platform(domain).architecture === 'x86';
    const is12 = version === '1.2' || (version === undefined && isPc && modelOf(tpm, domain) === 'tpm-tis');
    const part = child(backend, 'active_pcr_banks') ?? child(backend, 'profile');
    if (!is12 || !part || (part.name === 'active_pcr_banks' && childElements(part).length === 0)) continue;
    yield {
      at: nameSpan(part),
      message: say`\`<${part.name}>\` is of TPM 2.0, and this one is 1.2${version === undefined ? say`, which libvirt takes for \`tpm-tis\` where no version is written` : ''}: it refuses the pair. Set \`version="2.0"\`.`,
      related: version === undefined ? [] : [relatedTo(placeOf(backend, 'version'), say`The version`)],
      fixes: [setValueOf(backend, 'version', '2.0', domain.document)],
    };
  }
}

/** Models that QEMU has for one architecture. */
const HOMES: Readonly<Record<string, readonly Home[]>> = {
  'tpm-crb': ['x86'],
  'tpm-spapr': ['ppc64'],
  [PROXY]: ['ppc64'],
};

function* models(domain: Domain): Generator<Refused> {
  for (const tpm of domain.devices('tpm')) {
    const model = attribute(tpm, 'model');
    const name = model?.value.trim() ?? '';
    const homes = Object.hasOwn(HOMES, name) ? HOMES[name] : undefined;
    const backend = attribute(child(tpm, 'backend'), 'type');
    if (!model || !homes) continue;
    if (isElsewhere(domain, homes))
      yield {
        at: valueSpan(model),
        message: say`QEMU has no TPM of model \`${name}\` on ${platformName(domain)}, so libvirt refuses it. Leave \`model\` out: libvirt takes the one of the architecture.`,
        related: machinePlace(domain),
        fixes: [dropAttribute(model, domain.document)],
      };
    else if (name === PROXY && backend && backend.value.trim() !== 'passthrough')
      yield {
        at: valueSpan(backend),
        message: say`A TPM proxy leads to the host's TPM; libvirt refuses it with any backend but \`passthrough\`. Use \`tpm-spapr\` for a TPM of the guest's own.`,
        related: [relatedTo(valueSpan(model), say`The model`)],
        fixes: [setValueOf(tpm, 'model', 'tpm-spapr', domain.document)],
      };
  }
}

/** An external swtpm is reached through a UNIX socket that it made. */
function* externals(domain: Domain): Generator<Refused> {
  for (const backend of domain.devices('tpm').flatMap((tpm) => child(tpm, 'backend') ?? [])) {
    const source = child(backend, 'source');
    if (attributeValue(backend, 'type') !== 'external' || !source) continue;
    const type = attribute(source, 'type');
    const mode = attribute(source, 'mode');
    const isUnix = type?.value.trim() === 'unix';
    if (type && !isUnix)
      yield {
        at: valueSpan(type),
        message: say`An external TPM is reached through a UNIX socket; libvirt refuses \`${type.value.trim()}\`.`,
        fixes: [setValueOf(source, 'type', 'unix', domain.document)],
      };
    else if (mode?.value.trim() === 'bind')
      yield {
        at: valueSpan(mode),
        message: say`The external TPM makes the socket, and QEMU connects to it: libvirt refuses \`mode="bind"\`.`,
        fixes: [setValueOf(source, 'mode', 'connect', domain.document)],
      };
    else if (isUnix && attributeValue(source, 'path') === undefined)
      yield {
        at: nameSpan(source),
        message: say`The socket of an external TPM is named by \`path\`: libvirt refuses it without.`,
        fixes: [setValueOf(source, 'path', '/run/swtpm/tpm0.sock', domain.document)],
      };
  }
}

export const refusals: readonly Rule[] = [
  refusal('devices/tpm', page, counts, { since: '1.0.5', needs: ['tpm'] }),
  refusal('devices/tpm-version', page, versions, { since: '4.5.0', needs: ['tpm'] }),
  refusal('devices/tpm-needs-2', page, onlyOf2, { since: '7.10.0', needs: ['tpm'] }),
  refusal('devices/tpm-machine', page, models, { since: '5.6.0', needs: ['tpm'] }),
  refusal('devices/tpm-external', page, externals, { since: '9.0.0', needs: ['tpm'] }),
];

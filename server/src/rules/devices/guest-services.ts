/** Small devices with one backend or one number: random numbers, crypto, vsock, balloon, NVRAM, crash store. */
import type { Domain } from '../../domain/domain.ts';
import { isElsewhere, platformName } from '../../domain/platform.ts';
import { elementSize, KIBIBYTE, splitSize } from '../../domain/sizes.ts';
import { type Phrase, phrase, say } from '../../l10n/say.ts';
import { setAttribute, setText } from '../../xml/edits.ts';
import { attribute, attributeValue, child, childElements, nameSpan, textSpan, valueSpan } from '../../xml/query.ts';
import { addChild, dropElement, setValueOf } from '../fixes.ts';
import { addressOf, machinePlace, placeOf, type Refused, refusal } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'devices/guest-services';

/** Devices that do their work through one backend, and what to begin with. */
const BACKENDS: Readonly<Record<string, { noun: Phrase; xml: string }>> = {
  rng: { noun: phrase`A random number generator`, xml: "<backend model='random'>/dev/urandom</backend>" },
  crypto: { noun: phrase`A crypto device`, xml: "<backend model='builtin'/>" },
};

/** A second one is the grammar's to report. */
function* backends(domain: Domain, name: string): Generator<Refused> {
  const kind = BACKENDS[name];
  for (const device of domain.devices(name)) {
    if (!kind || child(device, 'backend')) continue;
    yield {
      at: nameSpan(device),
      message: say`${kind.noun} needs a \`<backend>\` that does its work: libvirt refuses it without one.`,
      fixes: [addChild(device, kind.xml, domain.document, say`Add ${kind.xml.replace(/>.*/, '>')}`)],
    };
  }
}

function* egdTypes(domain: Domain): Generator<Refused> {
  for (const backend of domain.devices('rng').flatMap((rng) => childElements(rng, 'backend'))) {
    if (attributeValue(backend, 'model') !== 'egd' || attribute(backend, 'type')) continue;
    yield {
      at: placeOf(backend, 'model'),
      message: say`An EGD backend is a character device, and which type it has is not written: libvirt refuses it. Add \`type\`, for example \`unix\`.`,
      fixes: [setValueOf(backend, 'type', 'unix', domain.document)],
    };
  }
}

const FIRST_CID = 3;

function* cids(domain: Domain): Generator<Refused> {
  for (const cid of domain.devices('vsock').flatMap((vsock) => child(vsock, 'cid') ?? [])) {
    const address = attribute(cid, 'address');
    if (!address || !/^[0-2]$/.test(address.value.trim())) continue;
    yield {
      at: valueSpan(address),
      message: say`0 to 2 stand for the hypervisor, loopback and the host: libvirt refuses ${address.value.trim()} for a guest. Use \`auto="yes"\`, or a number from ${FIRST_CID} that no other guest has.`,
      fixes: [
        {
          title: say`Let libvirt choose`,
          edits: [{ start: cid.start, end: cid.end, newText: "<cid auto='yes'/>" }],
        },
        setValueOf(cid, 'address', String(FIRST_CID), domain.document),
      ],
    };
  }
}

function* balloons(domain: Domain): Generator<Refused> {
  for (const balloon of domain.devices('memballoon')) {
    const model = attribute(balloon, 'model');
    if (model?.value.trim() !== 'xen') continue;
    yield {
      at: valueSpan(model),
      message: say`The balloon \`xen\` is one of Xen guests; with QEMU libvirt refuses it. Use \`virtio\`.`,
      fixes: [setValueOf(balloon, 'model', 'virtio', domain.document)],
    };
  }
}

/** `<nvram>` among the devices is the one of pseries; UEFI variables are under `<os>`. */
function* nvrams(domain: Domain): Generator<Refused> {
  for (const nvram of domain.devices('nvram')) {
    const address = addressOf(nvram);
    const elsewhere = isElsewhere(domain, ['pseries']);
    if (!elsewhere && (!address || address.type.value.trim() === 'spapr-vio')) continue;
    yield {
      at: elsewhere || !address ? nameSpan(nvram) : valueSpan(address.type),
      message: elsewhere
        ? say`Only \`pseries\` machines have an \`<nvram>\` device: libvirt refuses it on ${platformName(domain)}. UEFI variables are in \`<nvram>\` under \`<os>\`.`
        : say`The NVRAM of pseries has an address of type \`spapr-vio\`: libvirt refuses any other.`,
      related: elsewhere ? machinePlace(domain) : [],
      fixes: [dropElement(elsewhere || !address ? nvram : address.element, domain.document)],
    };
  }
}

const SMALLEST_STORE = 4 * KIBIBYTE;

function* crashStores(domain: Domain): Generator<Refused> {
  for (const store of domain.devices('pstore')) {
    const size = child(store, 'size');
    const bytes = elementSize(size);
    const address = addressOf(store);
    if (size && bytes !== undefined && (bytes < SMALLEST_STORE || !Number.isInteger(Math.log2(bytes)))) {
      const better = Math.max(SMALLEST_STORE, 2 ** Math.ceil(Math.log2(Math.max(1, bytes))));
      const [number, unit] = splitSize(better);
      yield {
        at: textSpan(size),
        message: say`The size of a crash store is a power of two, 4 KiB at least: libvirt refuses any other. Use ${number} ${unit}.`,
        fixes: [
          {
            title: say`Change the size to ${number} ${unit}`,
            edits: [...setAttribute(size, 'unit', unit, domain.document), ...setText(size, String(number))],
          },
        ],
      };
    }
    if (address && address.type.value.trim() !== 'pci')
      yield {
        at: valueSpan(address.type),
        message: say`The crash store is a PCI device: libvirt refuses an address of type \`${address.type.value.trim()}\`. Remove it.`,
        fixes: [dropElement(address.element, domain.document)],
      };
  }
}

export const refusals: readonly Rule[] = [
  refusal('devices/rng-backend', page, (domain) => backends(domain, 'rng'), { needs: ['rng'] }),
  refusal('devices/rng-egd', page, egdTypes, { needs: ['rng'] }),
  refusal('devices/crypto-backend', page, (domain) => backends(domain, 'crypto'), {
    since: '9.1.0',
    needs: ['crypto'],
  }),
  refusal('devices/vsock-cid', page, cids, { since: '4.4.0', needs: ['vsock'] }),
  refusal('devices/memballoon-model', page, balloons, { needs: ['memballoon'] }),
  refusal('devices/nvram', page, nvrams, { since: '1.0.5', needs: ['nvram'] }),
  refusal('devices/pstore', page, crashStores, { since: '10.6.0', needs: ['pstore'] }),
];

/** Options of a memory module that its model cannot have, or lacks. */

import { parseCpuset } from '../../domain/cpuset.ts';
import type { Domain } from '../../domain/domain.ts';
import type { MemoryModule } from '../../domain/memory.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import { say } from '../../l10n/say.ts';
import { insertChild, setText } from '../../xml/edits.ts';
import {
  attribute,
  attributeSpan,
  attributeValue,
  child,
  nameSpan,
  textOf,
  textSpan,
  valueSpan,
} from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { addChild, dropAttribute, dropElement } from '../fixes.ts';
import { addressOf, placeOf, type RefusalOptions, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'memory/module-options';

function modelOf({ element }: MemoryModule) {
  return relatedTo(placeOf(element, 'model'), say`The model of the module`);
}

/** What a persistent module is made of, and for whom: a file, a UUID on POWER only, no node for virtio-pmem, no discarding. */
function* wrongPersistent(module: MemoryModule, { architecture, isX86, document }: Domain): Iterable<Refused> {
  const { element, model, target, nodeElement } = module;
  if (model !== 'nvdimm' && model !== 'virtio-pmem') return;
  const related = [modelOf(module)];
  const source = child(element, 'source');
  if (!source || !child(source, 'path'))
    yield {
      at: nameSpan(source ?? element),
      message: say`A module of the model \`${model}\` is a file or device of the host, and its \`<path>\` is missing: libvirt refuses the definition.`,
      related,
      fixes: [
        source
          ? addChild(
              source,
              '<path>/var/lib/libvirt/images/pmem.img</path>',
              document,
              say`Add a path (put your own in its place)`,
            )
          : {
              title: say`Add a source (put your own path in its place)`,
              edits: insertChild(element, '<source><path>/var/lib/libvirt/images/pmem.img</path></source>', document, {
                first: true,
              }),
            },
      ],
    };
  const discard = attribute(element, 'discard');
  if (discard?.value.trim() === 'yes')
    yield {
      at: attributeSpan(discard),
      message: say`What a module of the model \`${model}\` holds shall last, so libvirt refuses to discard it. Remove \`discard\`.`,
      related,
      fixes: [dropAttribute(discard, document)],
    };
  const uuid = child(element, 'uuid');
  const isPower = architecture?.startsWith('ppc64') ?? false;
  if (model === 'nvdimm' && uuid && !isPower && (architecture !== undefined || isX86))
    yield {
      at: nameSpan(uuid),
      message: say`Only the NVDIMMs of POWER guests have a UUID: libvirt refuses it. Remove \`<uuid>\`.`,
      related,
      fixes: [dropElement(uuid, document)],
    };
  if (model === 'nvdimm' && isPower && target && !child(target, 'label'))
    yield {
      at: nameSpan(target),
      message: say`An NVDIMM of a POWER guest has an area for labels: libvirt refuses it without \`<label>\`.`,
      related,
      fixes: [
        {
          title: say`Add a label area of 128 KiB`,
          edits: insertChild(target, "<label><size unit='KiB'>128</size></label>", document),
        },
      ],
    };
  if (model === 'virtio-pmem' && nodeElement)
    yield {
      at: nameSpan(nodeElement),
      message: say`A virtio-pmem device is no part of the guest's memory, so it belongs to no cell: libvirt refuses \`<node>\`. Remove it.`,
      related,
      fixes: [dropElement(nodeElement, document)],
    };
}

/** Address types of a model: virtio modules are PCI (or CCW) devices, enclaves have none; what else a DIMM may have libvirt leaves open. */
const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  'virtio-pmem': ['pci', 'ccw'],
  'virtio-mem': ['pci', 'ccw'],
  'sgx-epc': [],
};

function* wrongAddress(module: MemoryModule, { document }: Domain): Iterable<Refused> {
  const address = addressOf(module.element);
  const right = ADDRESSES[module.model];
  const written = address?.type.value.trim() ?? '';
  if (!address || !right || right.includes(written)) return;
  yield {
    at: valueSpan(address.type),
    message:
      right.length > 0
        ? say`A module of the model \`${module.model}\` has an address of type ${right.map((one) => `\`${one}\``).join(say` or `)}, not \`${written}\`: libvirt refuses the definition. Remove it, and libvirt finds a place.`
        : say`A module of the model \`${module.model}\` has no address: libvirt refuses it. Remove it.`,
    related: [modelOf(module)],
    fixes: [dropElement(address.element, document)],
  };
}

/** Models that take a slot. */
const SLOTTED = new Set(['dimm', 'nvdimm']);

/** Slots of DIMMs: each is taken once, and there are as many as maxMemory says. */
function* wrongSlots(domain: Domain): Iterable<Refused> {
  const { document, memoryModules, root } = domain;
  const most = wholeNumber(attributeValue(child(root, 'maxMemory'), 'slots'));
  const taken = new Map<number, XmlElement>();
  for (const { element, model } of memoryModules) {
    const address = addressOf(element);
    if (address?.type.value.trim() !== 'dimm' || !SLOTTED.has(model)) continue;
    const slot = attribute(address.element, 'slot');
    const number = wholeNumber(slot?.value);
    const fixes = [dropElement(address.element, document)];
    if (!slot)
      yield {
        at: nameSpan(address.element),
        message: say`The address of a DIMM is its slot: libvirt refuses it without \`slot\`. Remove it, and libvirt finds a free one.`,
        fixes,
      };
    if (!slot || number === undefined) continue;
    const before = taken.get(number);
    if (before)
      yield {
        at: valueSpan(slot),
        message: say`Slot ${number} is taken by another module: libvirt refuses the definition.`,
        related: [relatedTo(placeOf(before, 'slot'), say`The first in this slot`)],
        fixes,
      };
    else if (most !== undefined && number >= most)
      yield {
        at: valueSpan(slot),
        message: say`The slots are 0 to ${most - 1}: libvirt refuses slot ${number}.`,
        related: [relatedTo(placeOf(child(root, 'maxMemory') ?? root, 'slots'), say`The number of slots`)],
        fixes,
      };
    taken.set(number, before ?? address.element);
  }
}

/** virtio-mem comes and goes in blocks, whose size must be said. */
function* missingBlock({ model, target }: MemoryModule, { document }: Domain): Iterable<Refused> {
  if (model !== 'virtio-mem' || !target || child(target, 'block')) return;
  yield {
    at: nameSpan(target),
    message: say`Memory of the model \`virtio-mem\` comes and goes in blocks: libvirt refuses it without their size. Add \`<block>\`.`,
    fixes: [addChild(target, "<block unit='MiB'>2</block>", document, say`Add blocks of 2 MiB`, ['size', 'node'])],
  };
}

/** A set of host nodes that nothing is left of. */
function* emptyNodemask({ element }: MemoryModule): Iterable<Refused> {
  const mask = child(element, 'source', 'nodemask');
  if (!mask || parseCpuset(textOf(mask))?.size !== 0) return;
  const first = textOf(mask).replaceAll('^', '').split(',')[0] ?? '0';
  yield {
    at: textSpan(mask),
    message: say`Nothing is left of \`${textOf(mask)}\`, for \`^\` takes a number out: libvirt refuses an empty set.`,
    fixes: [{ title: say`Change nodemask to ${first}`, edits: setText(mask, first) }],
  };
}

export const refusals: readonly Rule[] = [
  each('memory/persistent-module', wrongPersistent, { since: '3.2.0', needs: ['devices', '@model'] }),
  each('memory/module-address', wrongAddress, { since: '1.2.14', needs: ['devices', '@model', 'address'] }),
  refusal('memory/module-slot', page, wrongSlots, { since: '1.2.14', needs: ['devices', '@model', 'address'] }),
  each('memory/virtio-mem-block', missingBlock, { since: '7.9.0', needs: ['devices', '@model'] }),
  each('memory/module-nodemask', emptyNodemask, { since: '1.2.14', needs: ['nodemask'] }),
];

function each(
  id: string,
  wrong: (module: MemoryModule, domain: Domain) => Iterable<Refused>,
  options: RefusalOptions,
): Rule {
  return refusal(id, page, (domain) => domain.memoryModules.flatMap((module) => [...wrong(module, domain)]), options);
}

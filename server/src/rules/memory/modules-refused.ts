/** Memory hot-plug as libvirt refuses it: maxMemory and the modules in devices/memory. */
import type { Domain } from '../../domain/domain.ts';
import type { MemoryModule } from '../../domain/memory.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import { elementSize, formatSize, splitSize } from '../../domain/sizes.ts';
import { say } from '../../l10n/say.ts';
import { insertBefore, insertChild, setAttribute, setText } from '../../xml/edits.ts';
import { attribute, attributeValue, child, nameSpan, textSpan, valueSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule, type Rule } from '../rule.ts';
import { writeSize } from './writeSize.ts';

const page = 'memory/modules-refused';

/** Modules that take one of the slots of maxMemory; virtio ones sit on the PCI bus. */
const SLOT_MODELS = new Set(['dimm', 'nvdimm']);
/** Modules that must say to which guest node they belong; virtio-pmem must not. */
const NODE_MODELS = new Set(['dimm', 'nvdimm', 'virtio-mem']);
/** Modules that lie in the address range which maxMemory reserves. */
const HOTPLUG_MODELS = new Set([...NODE_MODELS, 'virtio-pmem']);

function maxMemoryOf(domain: Domain): XmlElement | undefined {
  return domain.isQemu ? child(domain.root, 'maxMemory') : undefined;
}

const belowMemory = defineRule<{ readonly max: XmlElement; readonly allowed: number; readonly memory: number }>({
  id: 'memory/maxmemory-below-memory',
  page,
  severity: 'error',
  needs: ['maxMemory'],
  since: '1.2.14',
  *find(domain) {
    const max = maxMemoryOf(domain);
    const allowed = elementSize(max);
    const { memory } = domain;
    if (max && allowed && memory !== undefined && allowed < memory) yield { max, allowed, memory };
  },
  say({ max, allowed, memory }, domain) {
    const cells = domain.numaCells[0];
    const told = cells ?? child(domain.root, 'memory');
    const sum = cells ? say`Cells and modules make` : say`The guest has`;
    return {
      at: textSpan(max),
      message: say`\`<maxMemory>\` ${formatSize(allowed)} is the ceiling of all memory, boot memory and modules together, and that is ${formatSize(memory)} already. Raise it.`,
      ...(told && { related: [{ ...nameSpan(told), message: `${sum} ${formatSize(memory)}` }] }),
    };
  },
  fix: ({ max, memory }, { document }) => [
    { title: say`Raise maxMemory to ${formatSize(memory)}`, edits: writeSize(max, memory, document) },
  ],
});

const needsNuma = defineRule<XmlElement>({
  id: 'memory/maxmemory-needs-numa',
  page,
  severity: 'error',
  needs: ['maxMemory'],
  since: '1.2.14',
  find(domain) {
    const max = maxMemoryOf(domain);
    const checked = domain.isX86 || domain.architecture === 'aarch64';
    return max && checked && domain.numaCells.length === 0 ? [max] : [];
  },
  say: (max) => ({
    at: nameSpan(max),
    message: say`\`<maxMemory>\` turns memory hot-plug on, and libvirt then wants the guest NUMA layout in writing. Add one \`<cell>\` with all CPUs and all memory.`,
  }),
  fix(_, { root, document, vcpus, memory }) {
    if (!vcpus || !memory) return [];
    const cpus = vcpus === 1 ? '0' : `0-${vcpus - 1}`;
    const [size, unit] = splitSize(memory);
    const numa = `<numa>\n  <cell id='0' cpus='${cpus}' memory='${size}' unit='${unit}'/>\n</numa>`;
    const cpu = child(root, 'cpu');
    const edits = cpu
      ? insertChild(cpu, numa, document)
      : insertChild(root, `<cpu>\n  ${numa.replaceAll('\n', '\n  ')}\n</cpu>`, document);
    return [{ title: say`Put all CPUs and memory into one guest NUMA cell`, edits }];
  },
});

interface Slots {
  readonly max: XmlElement;
  readonly slots: number;
  readonly modules: readonly MemoryModule[];
}

const slots = defineRule<Slots>({
  id: 'memory/maxmemory-slots',
  page,
  severity: 'error',
  needs: ['maxMemory'],
  since: '1.2.14',
  *find(domain) {
    const max = maxMemoryOf(domain);
    const slots = wholeNumber(attributeValue(max, 'slots') ?? '0');
    const modules = domain.memoryModules.filter((module) => SLOT_MODELS.has(module.model));
    if (max && slots !== undefined && modules.length > slots) yield { max, slots, modules };
  },
  say({ max, slots, modules }) {
    const written = attribute(max, 'slots');
    const first = modules[slots];
    return {
      at: written ? valueSpan(written) : nameSpan(max),
      message: say`Every DIMM and NVDIMM takes a slot: this guest has ${modules.length} of them and ${slots === 1 ? say`one slot` : say`${slots || say`no`} slots`}. Set \`slots\` to ${modules.length} or more.`,
      ...(first && { related: [{ ...nameSpan(first.element), message: say`The first module without a slot` }] }),
    };
  },
  fix: ({ max, modules }, { document }) => [
    {
      title: say`Set slots to '${modules.length}'`,
      edits: setAttribute(max, 'slots', `${modules.length}`, document),
    },
  ],
});

const withoutMaxMemory = defineRule<MemoryModule>({
  id: 'memory/dimm-without-maxmemory',
  page,
  severity: 'error',
  needs: ['memory', 'devices', '@model'],
  since: '1.2.14',
  find(domain) {
    if (!domain.isQemu || maxMemoryOf(domain)) return [];
    return domain.memoryModules.filter((module) => HOTPLUG_MODELS.has(module.model)).slice(0, 1);
  },
  say(module) {
    const model = attribute(module.element, 'model');
    return {
      at: model ? valueSpan(model) : nameSpan(module.element),
      message: say`A \`${module.model}\` module lies in the address range that \`<maxMemory>\` reserves, and this domain has none. Add \`<maxMemory>\` with at least the sum of all memory.`,
    };
  },
  fix(_, { root, document, memory, memoryModules }) {
    if (memory === undefined) return [];
    const [size, unit] = splitSize(memory);
    const max = `<maxMemory slots='${memoryModules.length}' unit='${unit}'>${size}</maxMemory>`;
    const told = child(root, 'memory');
    const edits = told ? insertBefore(told, max, document) : insertChild(root, max, document, { first: true });
    return [{ title: say`Add maxMemory of ${formatSize(memory)}`, edits }];
  },
});

const targetNode = defineRule<MemoryModule>({
  id: 'memory/dimm-target-node',
  page,
  severity: 'error',
  needs: ['memory', 'devices'],
  since: '1.2.14',
  find(domain) {
    const cells = domain.numaCells.length;
    if (!domain.isQemu || cells === 0) return [];
    return domain.memoryModules.filter((module) =>
      module.nodeElement
        ? module.node !== undefined && module.node >= cells
        : module.target !== undefined && NODE_MODELS.has(module.model),
    );
  },
  say({ model, target, nodeElement, node, element }, { numaCells }) {
    const there = numaCells.length === 1 ? say`NUMA cell 0 only` : say`NUMA cells 0-${numaCells.length - 1}`;
    return nodeElement
      ? {
          at: textSpan(nodeElement),
          message: say`The guest has ${there}: there is no node ${node} to plug memory into.`,
        }
      : {
          at: nameSpan(target ?? element),
          message: say`A \`${model}\` module needs \`<node>\`, the guest NUMA cell that it belongs to; the guest has ${there}.`,
        };
  },
  fix({ target, nodeElement, model }, { document }) {
    if (nodeElement && model === 'virtio-pmem') return [];
    const size = target && child(target, 'size');
    if (nodeElement) return [{ title: say`Plug it into node '0'`, edits: setText(nodeElement, '0') }];
    if (!target) return [];
    return [
      {
        title: say`Plug it into node '0'`,
        edits: insertChild(target, '<node>0</node>', document, size ? { after: size } : {}),
      },
    ];
  },
});

export const refusals: readonly Rule[] = [belowMemory, needsNuma, slots, withoutMaxMemory, targetNode];

/** Sizes, sources and addresses of memory modules as libvirt refuses them. */
import type { MemoryModule } from '../../domain/memory.ts';
import { elementSize, formatSize, KIBIBYTE, MEBIBYTE } from '../../domain/sizes.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { removeAttribute, removeElement, setAttribute } from '../../xml/edits.ts';
import { attribute, child, nameSpan, textSpan, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute, XmlDocument, XmlElement } from '../../xml/tree.ts';
import { defineRule, type Rule, type Saying } from '../rule.ts';
import { writeSize } from './writeSize.ts';

const page = 'memory/module-sizes-refused';

/** A transparent huge page of x86: libvirt takes no smaller block there. */
const SMALLEST_BLOCK = 2 * MEBIBYTE;
/** What the NVDIMM specification asks for the label area (libvirt: virDomainMemoryTargetDefParseXML). */
const SMALLEST_LABEL = 128 * KIBIBYTE;

/** One thing that is wrong with a module, already in words. */
interface Fault {
  readonly saying: Saying;
  readonly fixes: (document: XmlDocument) => readonly Fix[];
}

function resize(element: XmlElement, name: string, bytes: number) {
  return (document: XmlDocument): readonly Fix[] => [
    { title: say`Change ${name} to ${formatSize(bytes)}`, edits: writeSize(element, bytes, document) },
  ];
}

/** The first fault of a virtio-mem module, in the order in which libvirt looks. */
function virtioMemFault({ target, size }: MemoryModule, isX86: boolean): Fault | undefined {
  const block = target && child(target, 'block');
  const requested = target && child(target, 'requested');
  const blockSize = elementSize(block);
  const wanted = elementSize(requested);
  if (!block || !blockSize) return undefined;
  const inBlocks = (bytes: number): number => Math.floor(bytes / blockSize) * blockSize;
  const isPower = Number.isInteger(Math.log2(blockSize));
  if (requested && wanted !== undefined && size !== undefined && wanted > size) {
    return {
      saying: {
        at: textSpan(requested),
        message: say`The guest is to get ${formatSize(wanted)} of a module of ${formatSize(size)}. \`<requested>\` can be \`<size>\` at most.`,
      },
      fixes: resize(requested, 'requested', isPower ? inBlocks(size) : size),
    };
  }
  if (!isPower || (isX86 && blockSize < SMALLEST_BLOCK)) {
    const better = Math.max(SMALLEST_BLOCK, 2 ** Math.round(Math.log2(blockSize)));
    return {
      saying: {
        at: textSpan(block),
        message: say`A virtio-mem \`<block>\` is a power of two and no smaller than a transparent huge page (2 MiB on x86); ${formatSize(blockSize)} is not.`,
      },
      fixes: resize(block, 'block', better),
    };
  }
  if (requested && wanted !== undefined && wanted % blockSize !== 0) {
    const up = inBlocks(wanted) + blockSize;
    return {
      saying: {
        at: textSpan(requested),
        message: say`Memory comes and goes in whole blocks of ${formatSize(blockSize)}, and ${formatSize(wanted)} is no multiple. Round \`<requested>\`.`,
        related: [{ ...textSpan(block), message: say`The size of a block` }],
      },
      fixes: resize(requested, 'requested', size === undefined || up <= size ? up : inBlocks(wanted)),
    };
  }
  return undefined;
}

const virtioMem = defineRule<Fault>({
  id: 'memory/virtio-mem-sizes',
  page,
  severity: 'error',
  needs: ['devices', '@model'],
  since: '7.9.0',
  *find(domain) {
    for (const module of domain.memoryModules) {
      const fault = module.model === 'virtio-mem' && virtioMemFault(module, domain.isX86);
      if (fault && domain.isQemu) yield fault;
    }
  },
  say: (fault) => fault.saying,
  fix: (fault, { document }) => fault.fixes(document),
});

/** The first fault of an NVDIMM. */
function nvdimmFault({ element, target, size }: MemoryModule): Fault | undefined {
  const discard = attribute(element, 'discard');
  const label = target && child(target, 'label', 'size');
  const labelSize = elementSize(label);
  if (!child(element, 'source', 'path')) {
    return {
      saying: {
        at: nameSpan(child(element, 'source') ?? element),
        message: say`An NVDIMM is a file or DAX device of the host. Add \`<source>\` with its \`<path>\`.`,
      },
      fixes: () => [],
    };
  }
  if (discard?.value.trim() === 'yes') {
    return {
      saying: {
        at: valueSpan(discard),
        message: say`\`discard="yes"\` throws the contents away at exit, and an NVDIMM is there to keep them. Remove it.`,
      },
      fixes: (document) => [{ title: say`Remove discard`, edits: removeAttribute(discard, document) }],
    };
  }
  if (label && labelSize && (labelSize < SMALLEST_LABEL || (size !== undefined && labelSize >= size))) {
    const fits = size === undefined || SMALLEST_LABEL < size;
    return {
      saying: {
        at: textSpan(label),
        message: say`The label area takes 128 KiB at least and must leave room in the module${size === undefined ? '' : say` of ${formatSize(size)}`}; ${formatSize(labelSize)} can't be.`,
      },
      fixes: (document) => [
        ...(fits ? resize(label, say`the label`, SMALLEST_LABEL)(document) : []),
        ...(label.parent ? [{ title: say`Remove the label`, edits: removeElement(label.parent, document) }] : []),
      ],
    };
  }
  return undefined;
}

const nvdimm = defineRule<Fault>({
  id: 'memory/nvdimm-attributes',
  page,
  severity: 'error',
  needs: ['devices', '@model'],
  since: '3.2.0',
  *find(domain) {
    for (const module of domain.memoryModules) {
      const fault = module.model === 'nvdimm' && nvdimmFault(module);
      if (fault && domain.isQemu) yield fault;
    }
  },
  say: (fault) => fault.saying,
  fix: (fault, { document }) => fault.fixes(document),
});

interface Range {
  readonly base: XmlAttribute;
  readonly start: number;
  readonly end: number;
}

/** The address ranges that virtio modules are told to take (target/address/@base, hexadecimal). */
function addressRanges(modules: readonly MemoryModule[]): Range[] {
  return modules.flatMap(({ model, target, size }) => {
    const base = attribute(target && child(target, 'address'), 'base');
    if (!model.startsWith('virtio-') || !base || !size || !/^0x[0-9a-f]{1,13}$/i.test(base.value.trim())) return [];
    const start = Number.parseInt(base.value.trim(), 16);
    return start > 0 ? [{ base, start, end: start + size }] : [];
  });
}

const overlap = defineRule<{ readonly lower: Range; readonly upper: Range }>({
  id: 'memory/module-address-overlap',
  page,
  severity: 'error',
  needs: ['devices', '@model', 'address'],
  since: '9.4.0',
  *find(domain) {
    if (!domain.isQemu) return;
    const ranges = addressRanges(domain.memoryModules).sort((a, b) => a.start - b.start);
    for (const [index, upper] of ranges.entries()) {
      const lower = ranges[index - 1];
      if (lower && lower.end > upper.start) yield { lower, upper };
    }
  },
  say: ({ lower, upper }) => ({
    at: valueSpan(upper.base),
    message: say`The module before it reaches to 0x${lower.end.toString(16)}, beyond this \`base\`. Start there or above, or leave \`<address>\` out and libvirt finds a place.`,
    related: [
      { ...valueSpan(lower.base), message: say`Takes 0x${lower.start.toString(16)} to 0x${lower.end.toString(16)}` },
    ],
  }),
  fix: ({ lower, upper }, { document }) => [
    {
      title: say`Let libvirt find a place`,
      edits: removeElement(upper.base.parent, document),
    },
    {
      title: say`Change base to '0x${lower.end.toString(16)}'`,
      edits: setAttribute(upper.base.parent, 'base', `0x${lower.end.toString(16)}`, document),
    },
  ],
});

export const refusals: readonly Rule[] = [virtioMem, nvdimm, overlap];

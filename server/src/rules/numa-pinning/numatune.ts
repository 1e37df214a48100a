/** Where the guest's memory lies on the host's nodes: combinations that libvirt refuses. */
import type { Domain } from '../../domain/domain.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import { say } from '../../l10n/say.ts';
import { insertBefore, removeElement, renameElement } from '../../xml/edits.ts';
import {
  attribute,
  attributeSpan,
  attributeValue,
  child,
  childElements,
  nameSpan,
  valueSpan,
} from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropAttribute, dropElement, setValueOf } from '../fixes.ts';
import { placeOf, type RefusalOptions, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'numa-pinning/numatune';

interface NumaTune {
  readonly element: XmlElement;
  readonly memory: XmlElement | undefined;
  readonly memnodes: readonly XmlElement[];
  /** numad chooses the nodes: said of the memory, or of the vCPUs where nothing is said of the memory. */
  readonly isAutomatic: boolean;
}

function numaTune(domain: Domain): NumaTune | undefined {
  return domain.keep('numatune', () => {
    const element = child(domain.root, 'numatune');
    if (!element) return undefined;
    const memory = child(element, 'memory');
    const written = attributeValue(memory, 'placement');
    const ofVcpus = attributeValue(child(domain.root, 'vcpu'), 'placement');
    const isAutomatic =
      written === 'auto' || (written === undefined && !attribute(memory, 'nodeset') && ofVcpus === 'auto');
    return { element, memory, memnodes: childElements(element, 'memnode'), isAutomatic };
  });
}

/** A mode or a placement, yet no nodes to place the memory on. */
function* withoutNodes({ memory, isAutomatic }: NumaTune, { document }: Domain): Iterable<Refused> {
  if (!memory || isAutomatic || attribute(memory, 'nodeset')) return;
  const said = attribute(memory, 'placement') ?? attribute(memory, 'mode');
  if (!said) return;
  yield {
    at: attributeSpan(said),
    message: say`The memory is placed by hand, and no nodes are named: libvirt refuses the definition. Name them in \`nodeset\`, or leave the choice to numad with \`placement='auto'\`.`,
    fixes: [setValueOf(memory, 'nodeset', '0', document), setValueOf(memory, 'placement', 'auto', document)],
  };
}

/** numad answers with one set for the whole guest. */
function* nodesBesideNumad({ memory, memnodes, isAutomatic, element }: NumaTune, domain: Domain): Iterable<Refused> {
  const [first] = memnodes;
  if (!first || !isAutomatic || domain.numaCells.length === 0) return;
  const { document } = domain;
  const placement = attribute(memory, 'placement') ?? attribute(child(domain.root, 'vcpu'), 'placement');
  const nodeset = attributeValue(first, 'nodeset') ?? '0';
  const mode = attributeValue(first, 'mode') ?? 'strict';
  yield {
    at: nameSpan(first),
    message: say`Cells are bound one by one here, while numad chooses the nodes for the whole guest: libvirt refuses both together. Name the nodes, or remove \`<memnode>\`.`,
    related: placement ? [relatedTo(attributeSpan(placement), say`numad chooses`)] : [],
    fixes: [
      memory
        ? undefined
        : {
            title: say`Place the memory by hand (nodeset='${nodeset}')`,
            edits: insertBefore(first, `<memory mode='${mode}' nodeset='${nodeset}'/>`, document),
          },
      {
        title: say`Remove <memnode>`,
        edits: element === first.parent ? memnodes.flatMap((one) => removeElement(one, document)) : [],
      },
    ],
  };
}

function* nodesWithoutCells({ memory, memnodes }: NumaTune, domain: Domain): Iterable<Refused> {
  const [first] = memnodes;
  if (!first || domain.numaCells.length > 0) return;
  const { document } = domain;
  const cellid = attribute(first, 'cellid');
  yield {
    at: nameSpan(first),
    message: say`\`<memnode>\` binds a cell of the guest, and the guest has none: libvirt refuses the definition. Bind all of its memory with \`<memory>\`, or give it cells.`,
    fixes: [
      memory || !cellid || memnodes.length > 1
        ? { title: say`Remove <memnode>`, edits: memnodes.flatMap((one) => removeElement(one, document)) }
        : {
            title: say`Bind all of the memory`,
            edits: [...renameElement(first, 'memory'), ...dropAttribute(cellid, document).edits],
          },
    ],
  };
}

/** A cell that there is not, or one bound twice. */
function* wrongCells({ memnodes }: NumaTune, { numaCells, document }: Domain): Iterable<Refused> {
  const seen = new Map<number, XmlElement>();
  for (const memnode of memnodes) {
    const cellid = attribute(memnode, 'cellid');
    const id = wholeNumber(cellid?.value);
    if (!cellid || id === undefined || numaCells.length === 0) continue;
    const before = seen.get(id);
    if (id >= numaCells.length)
      yield {
        at: valueSpan(cellid),
        message: say`The guest has ${numaCells.length === 1 ? say`one cell, 0` : say`cells 0 to ${numaCells.length - 1}`}, and no cell ${id}: libvirt refuses the definition.`,
        fixes: [dropElement(memnode, document)],
      };
    else if (before)
      yield {
        at: valueSpan(cellid),
        message: say`Cell ${id} is bound twice: libvirt refuses the definition. Keep one.`,
        related: [relatedTo(placeOf(before, 'cellid'), say`The first`)],
        fixes: [dropElement(memnode, document)],
      };
    seen.set(id, before ?? memnode);
  }
}

/** restrictive sets no policy in QEMU; a cell cannot have one then. */
function* mixedModes({ memory, memnodes }: NumaTune, { document, numaCells }: Domain): Iterable<Refused> {
  if (attributeValue(memory, 'mode') !== 'restrictive' || !memory || numaCells.length === 0) return;
  for (const memnode of memnodes) {
    if (attributeValue(memnode, 'mode') === 'restrictive') continue;
    yield {
      at: placeOf(memnode, 'mode'),
      message: say`With \`restrictive\` the host limits the nodes and QEMU is told nothing, of no cell: libvirt refuses another mode in \`<memnode>\`. Use one mode for all.`,
      related: [relatedTo(placeOf(memory, 'mode'), say`restrictive here`)],
      fixes: [setValueOf(memnode, 'mode', 'restrictive', document)],
    };
  }
}

/** The other way round: a cell that QEMU is told nothing of, below memory that it binds (also where no mode is written). */
function* restrictiveCells({ memory, memnodes }: NumaTune, { document, numaCells }: Domain): Iterable<Refused> {
  if (attributeValue(memory, 'mode') === 'restrictive' || numaCells.length === 0) return;
  for (const memnode of memnodes) {
    if (attributeValue(memnode, 'mode') !== 'restrictive') continue;
    yield {
      at: placeOf(memnode, 'mode'),
      message: say`A cell is \`restrictive\` only where all of the memory is: libvirt refuses it since 9.4.0. Use one mode for all.`,
      ...(memory && { related: [relatedTo(placeOf(memory, 'mode'), say`The mode of all memory`)] }),
      fixes: [setValueOf(memnode, 'mode', attributeValue(memory, 'mode') ?? 'strict', document)],
    };
  }
}

export const refusals: readonly Rule[] = [
  each('numa-pinning/static-without-nodeset', withoutNodes, { since: '0.9.12' }),
  each('numa-pinning/auto-with-memnode', nodesBesideNumad, { since: '1.2.6' }),
  each('numa-pinning/memnode-without-cells', nodesWithoutCells, { since: '1.2.7' }),
  each('numa-pinning/memnode-cellid', wrongCells, { since: '1.2.7' }),
  each('numa-pinning/restrictive-mixed', mixedModes, { since: '7.9.0' }),
  each('numa-pinning/restrictive-cell', restrictiveCells, { since: '9.4.0' }),
];

function each(id: string, wrong: (tune: NumaTune, domain: Domain) => Iterable<Refused>, options: RefusalOptions): Rule {
  return refusal(
    id,
    page,
    (domain) => {
      const tune = numaTune(domain);
      return tune ? wrong(tune, domain) : [];
    },
    { ...options, needs: ['numatune'] },
  );
}

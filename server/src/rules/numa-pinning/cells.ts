/** Cells of the guest that libvirt refuses: their ids, their vCPUs, and the distances between them. */
import { formatCpuset, parseCpuset } from '../../domain/cpuset.ts';
import type { Domain } from '../../domain/domain.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { removeAttribute, removeElement, setAttribute, setText, setValue } from '../../xml/edits.ts';
import { attribute, attributeValue, child, childElements, nameSpan, textSpan, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { defineRule, type Rule } from '../rule.ts';

const page = 'numa-pinning/cells';
/** What the ACPI SLIT says of a cell's distance to itself. */
const LOCAL = 10;

/** The cells of a QEMU guest, if every id is a number or left out; libvirt then counts from 0 (virDomainNumaDefParseXML). */
function cellIds(domain: Domain): { readonly cell: XmlElement; readonly id: number }[] {
  if (!domain.isQemu) return [];
  const cells = domain.numaCells.flatMap((cell, index) => {
    const written = attribute(cell, 'id');
    const id = written ? wholeNumber(written.value) : index;
    return id === undefined ? [] : [{ cell, id }];
  });
  return cells.length === domain.numaCells.length ? cells : [];
}

interface WrongId {
  readonly id: XmlAttribute;
  readonly isTaken: boolean;
  /** An id that no cell has. */
  readonly free: number;
}

function* wrongIds(domain: Domain): Iterable<WrongId> {
  const cells = cellIds(domain);
  const ids = new Set(cells.map(({ id }) => id));
  let free = 0;
  const seen = new Set<number>();
  for (const { cell, id } of cells) {
    const isTaken = seen.has(id);
    seen.add(id);
    if (!isTaken && id < cells.length) continue;
    while (ids.has(free)) free++;
    const at = attribute(cell, 'id');
    if (at) yield { id: at, isTaken, free };
    ids.add(free);
  }
}

interface CellCpus {
  readonly cpus: XmlAttribute;
  readonly most: number;
  readonly ids: ReadonlySet<number>;
}

function tooManyCpus(domain: Domain): CellCpus[] {
  const most = domain.vcpus;
  if (!domain.isQemu || !most) return [];
  return domain.numaCells.flatMap((cell) => {
    const cpus = attribute(cell, 'cpus');
    const ids = cpus && parseCpuset(cpus.value);
    return cpus && ids && [...ids].some((id) => id >= most) ? [{ cpus, most, ids }] : [];
  });
}

interface Shared {
  readonly cpus: XmlAttribute;
  readonly first: XmlAttribute;
  readonly common: readonly number[];
  /** What is left where the common ones are taken out. */
  readonly left: readonly number[];
}

/** vCPUs that an earlier cell has as well. */
function* sharedCpus(domain: Domain): Iterable<Shared> {
  const owners = new Map<number, XmlAttribute>();
  for (const cell of domain.isQemu ? domain.numaCells : []) {
    const cpus = attribute(cell, 'cpus');
    const ids = [...((cpus && parseCpuset(cpus.value)) ?? [])];
    const common = ids.filter((id) => owners.has(id));
    const first = owners.get(common[0] ?? -1);
    if (cpus && first) yield { cpus, first, common, left: ids.filter((id) => !owners.has(id)) };
    for (const id of ids) if (cpus && !owners.has(id)) owners.set(id, cpus);
  }
}

/** Keep what there is of the cell's vCPUs, or have more vCPUs where that leaves none. */
function mendCpus({ cpus, most, ids }: CellCpus, { document, root }: Domain): Fix[] {
  const left = [...ids].filter((id) => id < most);
  const vcpu = child(root, 'vcpu');
  const needed = Math.max(...ids) + 1;
  const keep = left.length
    ? { title: say`Keep vCPUs ${formatCpuset(left)}`, edits: setValue(cpus, formatCpuset(left), document) }
    : { title: say`Remove cpus`, edits: removeAttribute(cpus, document) };
  return vcpu ? [keep, { title: say`Allow ${needed} vCPUs`, edits: setText(vcpu, String(needed)) }] : [keep];
}

interface Distance {
  readonly sibling: XmlElement;
  readonly at: XmlAttribute;
  readonly cells: number;
  /** The id of the cell that the distance starts from. */
  readonly from: number;
  readonly problem: 'no-cell' | 'own' | 'other';
}

function* wrongDistances(domain: Domain): Iterable<Distance> {
  const cells = cellIds(domain);
  for (const { cell, id: from } of cells) {
    const distances = child(cell, 'distances');
    for (const sibling of distances ? childElements(distances, 'sibling') : []) {
      const to = wholeNumber(attributeValue(sibling, 'id'));
      const value = wholeNumber(attributeValue(sibling, 'value'));
      const idAt = attribute(sibling, 'id');
      const valueAt = attribute(sibling, 'value');
      if (to === undefined || value === undefined || !idAt || !valueAt) continue;
      const common = { sibling, cells: cells.length, from };
      if (to >= cells.length) yield { ...common, at: idAt, problem: 'no-cell' };
      else if (to === from && value !== LOCAL) yield { ...common, at: valueAt, problem: 'own' };
      else if (to !== from && value === LOCAL) yield { ...common, at: valueAt, problem: 'other' };
    }
  }
}

/** Distances that firmware often reports between two nodes. */
const REMOTE = '20';

export const refusals: readonly Rule[] = [
  defineRule<WrongId>({
    id: 'numa-pinning/cell-ids',
    page,
    severity: 'error',
    needs: ['cell'],
    find: wrongIds,
    say: ({ id, isTaken, free }, { numaCells }) => ({
      at: valueSpan(id),
      message: isTaken
        ? say`Another cell of the guest has the id ${id.value.trim()}; libvirt refuses the definition. ${free} is free.`
        : say`The ${numaCells.length} cells of the guest are numbered from 0 without a gap, so none has the id ${id.value.trim()}; libvirt refuses the definition. ${free} is free.`,
    }),
    fix: ({ id, free }, { document }) => [
      { title: say`Change the id to ${free}`, edits: setValue(id, String(free), document) },
    ],
  }),
  defineRule<CellCpus>({
    id: 'numa-pinning/cell-cpus-range',
    page,
    severity: 'error',
    needs: ['cell'],
    find: tooManyCpus,
    say({ cpus, most, ids }, { root }) {
      const vcpu = child(root, 'vcpu');
      const beyond = formatCpuset([...ids].filter((id) => id >= most));
      return {
        at: valueSpan(cpus),
        message: say`The cell has vCPUs ${beyond}, but \`<vcpu>\` allows ${most}, numbered 0 to ${most - 1}; libvirt refuses the definition. Take them out, or allow more.`,
        ...(vcpu && { related: [{ ...textSpan(vcpu), message: say`the maximum is ${most}` }] }),
      };
    },
    fix: mendCpus,
  }),
  defineRule<Shared>({
    id: 'numa-pinning/cell-cpus-overlap',
    page,
    severity: 'error',
    needs: ['cell'],
    find: sharedCpus,
    say: ({ cpus, first, common }) => ({
      at: valueSpan(cpus),
      message: say`A vCPU is in one cell, and vCPU ${formatCpuset(common)} is in another already: libvirt refuses the definition.`,
      related: [{ ...valueSpan(first), message: say`The first cell` }],
    }),
    fix: ({ cpus, left }, { document }) => [
      left.length > 0
        ? { title: say`Keep vCPUs ${formatCpuset(left)}`, edits: setValue(cpus, formatCpuset(left), document) }
        : { title: say`Remove cpus`, edits: removeAttribute(cpus, document) },
    ],
  }),
  defineRule<Distance>({
    id: 'numa-pinning/distance-invalid',
    page,
    severity: 'error',
    needs: ['cell'],
    since: '3.10.0',
    find: wrongDistances,
    say: ({ sibling, at, cells, from, problem }) => ({
      at: valueSpan(at),
      message: {
        'no-cell': say`There is no cell ${at.value.trim()}: the guest has ${cells}, numbered from 0. libvirt refuses the distance, and libvirt 9.0 ends with all that it manages.`,
        own: say`The distance of cell ${from} to itself is ${LOCAL}; libvirt refuses ${at.value.trim()}, and libvirt 9.0 ends with all that it manages.`,
        other: say`A distance of ${LOCAL} is that of a cell to itself; libvirt refuses it from cell ${from} to another, and libvirt 9.0 ends with all that it manages. 20 is usual between neighbours.`,
      }[problem],
      related: [{ ...nameSpan(sibling.parent?.parent ?? sibling), message: say`cell ${from}` }],
    }),
    fix: ({ sibling, problem }, { document }) => [
      ...(problem === 'own'
        ? [
            {
              title: say`Change the distance to ${LOCAL}`,
              edits: setAttribute(sibling, 'value', String(LOCAL), document),
            },
          ]
        : []),
      ...(problem === 'other'
        ? [{ title: say`Change the distance to ${REMOTE}`, edits: setAttribute(sibling, 'value', REMOTE, document) }]
        : []),
      { title: say`Remove the distance`, edits: removeElement(sibling, document) },
    ],
  }),
];

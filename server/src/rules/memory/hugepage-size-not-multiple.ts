/** Memory that doesn't fill its last huge page. */
import type { Domain } from '../../domain/domain.ts';
import { ORDINARY_PAGE, pageOfNode } from '../../domain/memory.ts';
import { attributeSize, elementSize, formatSize, MEBIBYTE, roundedSize } from '../../domain/sizes.ts';
import type { Fix, TextEdit } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { attribute, child, nameSpan, textSpan, valueSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { isImpossible } from './pageSizes.ts';
import { writeAttributeSize, writeSize } from './writeSize.ts';

/** A piece of memory that gets pages of its own: a guest cell, or all of it. */
interface Piece {
  readonly element: XmlElement;
  readonly isCell: boolean;
  readonly memory: number;
  readonly page: number;
  /** The `<page>` that says so; undefined where the host's default counts. */
  readonly pageElement: XmlElement | undefined;
}

/** Where no size is written, the smallest that an x86 host can have: no multiple of it is one of 1 GiB either. */
function pageSize(domain: Domain, node: number): Pick<Piece, 'page' | 'pageElement'> | undefined {
  const { pages } = domain.memoryBacking;
  if (pages.length === 0) return domain.isX86 ? { page: 2 * MEBIBYTE, pageElement: undefined } : undefined;
  const found = pageOfNode(domain.memoryBacking, node);
  if (!found?.size || found.size === ORDINARY_PAGE || isImpossible(found.size, domain)) return undefined;
  return { page: found.size, pageElement: found.element };
}

function* pieces(domain: Domain): Generator<Piece> {
  if (!domain.isQemu || !domain.memoryBacking.hugepages) return;
  const told = child(domain.root, 'memory');
  const elements = domain.numaCells.length > 0 ? domain.numaCells : told ? [told] : [];
  for (const [node, element] of elements.entries()) {
    const isCell = element !== told;
    const memory = isCell ? attributeSize(element, 'memory') : elementSize(element);
    const size = pageSize(domain, node);
    if (memory && size) yield { element, isCell, memory, ...size };
  }
}

/** Resizes the piece, and with it what was written alike: memory beside its cells, currentMemory beside memory. */
function resize(piece: Piece, memory: number, verb: string, domain: Domain): Fix {
  const { root, document } = domain;
  const total = domain.memory;
  const alike = (piece.isCell ? ['memory', 'currentMemory'] : ['currentMemory'])
    .map((name) => child(root, name))
    .filter((element): element is XmlElement => element !== undefined && elementSize(element) === total);
  const edits: TextEdit[] = piece.isCell
    ? writeAttributeSize(piece.element, 'memory', memory, document)
    : writeSize(piece.element, memory, document);
  if (total !== undefined)
    for (const element of alike) edits.push(...writeSize(element, total - piece.memory + memory, document));
  return { title: say`${verb} to ${formatSize(memory)}`, edits };
}

export const rule = defineRule<Piece>({
  id: 'memory/hugepage-size-not-multiple',
  severity: 'warning',
  needs: ['hugepages'],
  find: (domain) => [...pieces(domain)].filter(({ memory, page }) => memory % page !== 0),
  say({ element, isCell, memory, page, pageElement }, domain) {
    const count = Math.ceil(memory / page);
    const written = attribute(element, 'memory');
    const effect =
      domain.memoryBacking.source?.value.trim() === 'memfd'
        ? say`and with \`memfd\` QEMU refuses to start`
        : say`so the host gives ${count} ${count === 1 ? 'page' : 'pages'} and ${roundedSize(count * page - memory)} lie idle`;
    return {
      at: isCell && written ? valueSpan(written) : isCell ? nameSpan(element) : textSpan(element),
      message: say`${formatSize(memory)} is no multiple of the ${formatSize(page)} huge page, ${effect}. Round the memory${isCell ? say` of the cell` : ''}.`,
      ...(pageElement && { related: [{ ...nameSpan(pageElement), message: say`Pages of ${formatSize(page)}` }] }),
    };
  },
  fix(piece, domain) {
    const { memory, page } = piece;
    const down = Math.floor(memory / page) * page;
    const up = resize(piece, Math.ceil(memory / page) * page, say`Round up`, domain);
    return down > 0 ? [up, resize(piece, down, say`Round down`, domain)] : [up];
  },
});

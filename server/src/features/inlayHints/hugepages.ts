/** How many huge pages the host must have free before the guest starts. */
import type { Domain } from '../../domain/domain.ts';
import { ORDINARY_PAGE, type PageSize, pageOfNode } from '../../domain/memory.ts';
import { type NodeMemory, nodeMemory, pagesOf } from '../../domain/nodeMemory.ts';
import { formatSize, MEBIBYTE } from '../../domain/sizes.ts';
import { say } from '../../l10n/say.ts';
import type { InlayHint } from './hint.ts';

/** What a PC's kernel takes for huge pages unless it is told otherwise. */
const USUAL = 2 * MEBIBYTE;

export function hugepageHints(domain: Domain): InlayHint[] {
  const { hugepages, pages } = domain.memoryBacking;
  if (!hugepages) return [];
  if (pages.length > 0) return pages.flatMap((page) => ofPage(page, domain));
  const needed = pagesOf(nodeMemory(domain), USUAL);
  if (!needed || !domain.isX86) return [];
  const label = say`${needed} pages of ${formatSize(USUAL)}`;
  const tooltip = say`If the host's default huge page is ${formatSize(USUAL)}: that many must be free when the guest starts.`;
  return [{ offset: hugepages.startTagEnd, kind: 'hugepages', label, tooltip }];
}

function ofPage(page: PageSize, domain: Domain): InlayHint[] {
  const { size, element } = page;
  if (size === undefined || size === ORDINARY_PAGE) return [];
  const needed = pagesOf(servedBy(page, domain), size);
  if (!needed) return [];
  const label = say`${needed} pages of ${formatSize(size)}`;
  const tooltip = say`That many must be free on the host when the guest starts.`;
  return [{ offset: element.startTagEnd, kind: 'hugepages', label, tooltip }];
}

/** The guest memory that pages of one kind serve. */
function servedBy(page: PageSize, domain: Domain): readonly NodeMemory[] {
  const { numaCells, memoryBacking } = domain;
  // Without cells, several page sizes have nothing to tell them apart.
  if (numaCells.length === 0) return memoryBacking.pages.length === 1 ? nodeMemory(domain) : [];
  return nodeMemory(domain).filter(({ node }) => pageOfNode(memoryBacking, node) === page);
}

/** How many huge pages the host must have free before the guest starts. */
import type { Domain } from '../../domain/domain.ts';
import { ORDINARY_PAGE, type PageSize, pageOfNode } from '../../domain/memory.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import { attributeSize, formatSize, MEBIBYTE, sumOf } from '../../domain/sizes.ts';
import { say } from '../../l10n/say.ts';
import { attributeValue } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import type { InlayHint } from './hint.ts';

/** What a PC's kernel takes for huge pages unless it is told otherwise. */
const USUAL = 2 * MEBIBYTE;

export function hugepageHints(domain: Domain): InlayHint[] {
  const { hugepages, pages } = domain.memoryBacking;
  if (!hugepages) return [];
  if (pages.length > 0) return pages.flatMap((page) => ofPage(page, domain));
  const needed = count(domain.memory, USUAL);
  if (needed === undefined || !domain.isX86) return [];
  const label = say`${needed} pages of ${formatSize(USUAL)}`;
  const tooltip = say`If the host's default huge page is ${formatSize(USUAL)}: that many must be free when the guest starts.`;
  return [{ offset: hugepages.startTagEnd, kind: 'hugepages', label, tooltip }];
}

function ofPage(page: PageSize, domain: Domain): InlayHint[] {
  const { size, element } = page;
  if (size === undefined || size === ORDINARY_PAGE) return [];
  const needed = count(memoryOn(page, domain), size);
  if (needed === undefined) return [];
  const label = say`${needed} pages of ${formatSize(size)}`;
  const tooltip = say`That many must be free on the host when the guest starts.`;
  return [{ offset: element.startTagEnd, kind: 'hugepages', label, tooltip }];
}

/** The bytes of guest memory that pages of one kind serve. */
function memoryOn(page: PageSize, domain: Domain): number | undefined {
  const { numaCells, memoryBacking, memory } = domain;
  if (numaCells.length === 0) return memoryBacking.pages.length === 1 ? memory : undefined;
  const isServed = (cell: XmlElement, index: number) =>
    pageOfNode(memoryBacking, wholeNumber(attributeValue(cell, 'id')) ?? index) === page;
  return sumOf(numaCells.filter(isServed).map((cell) => attributeSize(cell, 'memory')));
}

function count(bytes: number | undefined, size: number): number | undefined {
  return bytes === undefined || size <= 0 || bytes === 0 ? undefined : Math.ceil(bytes / size);
}

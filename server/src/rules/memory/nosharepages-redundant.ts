/** nosharepages where the kernel would merge nothing anyway. */
import type { Domain } from '../../domain/domain.ts';
import { isMappedShared, ORDINARY_PAGE, pageOfNode } from '../../domain/memory.ts';
import { say } from '../../l10n/say.ts';
import { removeElement } from '../../xml/edits.ts';
import { nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

/** Every guest node has static huge pages. */
function allHuge({ memoryBacking, numaCells }: Domain): boolean {
  if (!memoryBacking.hugepages) return false;
  if (memoryBacking.pages.length === 0) return true;
  const nodes = numaCells.length === 0 ? [0] : numaCells.keys();
  return [...nodes].every((node) => (pageOfNode(memoryBacking, node)?.size ?? ORDINARY_PAGE) !== ORDINARY_PAGE);
}

/** Why the kernel leaves this memory alone, or undefined where it doesn't. */
function reason(domain: Domain): string | undefined {
  if (allHuge(domain)) return say`huge pages`;
  return isMappedShared(domain.memoryBacking, domain.numaCells) ? say`shared memory` : undefined;
}

export const rule = defineRule<{ readonly element: XmlElement; readonly why: string }>({
  id: 'memory/nosharepages-redundant',
  severity: 'hint',
  needs: ['nosharepages'],
  tags: ['unnecessary'],
  since: '1.0.6',
  *find(domain) {
    const element = domain.memoryBacking.nosharepages;
    const why = reason(domain);
    if (domain.isQemu && element && why) yield { element, why };
  },
  say: ({ element, why }) => ({
    at: nameSpan(element),
    message: say`KSM never merges ${why}, so \`<nosharepages/>\` changes nothing here. It may go, unless a policy wants it written.`,
  }),
  fix: ({ element }, { document }) => [{ title: say`Remove nosharepages`, edits: removeElement(element, document) }],
});

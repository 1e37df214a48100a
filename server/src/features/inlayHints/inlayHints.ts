/** The hints of a document: sizes in larger units, huge pages that are needed, the host's CPUs behind pins, defaults. */
import { Domain } from '../../domain/domain.ts';
import { layoutFor } from '../../domain/hostLayout.ts';
import { optionsOf } from '../../domain/options.ts';
import type { Span, XmlDocument } from '../../xml/tree.ts';
import { defaultHints } from './defaults.ts';
import type { HintKind, InlayHint } from './hint.ts';
import { hostCpuHints } from './hostCpus.ts';
import { hugepageHints } from './hugepages.ts';
import { sizeHints } from './sizes.ts';

export interface HintWishes {
  readonly kinds: ReadonlySet<HintKind>;
}

/** The hints within a part, in document order. */
export function inlayHints(document: XmlDocument, part: Span, { kinds }: HintWishes): InlayHint[] {
  const { root } = document;
  if (!root) return [];
  const hints = kinds.has('sizes') ? sizeHints(root) : [];
  if (root.name === 'domain') {
    const domain = new Domain(document, root, optionsOf(document));
    if (kinds.has('hugepages')) hints.push(...hugepageHints(domain));
    const layout = kinds.has('hostCpus') ? layoutFor(domain) : undefined;
    if (layout) hints.push(...hostCpuHints(domain, layout));
    if (kinds.has('defaults')) hints.push(...defaultHints(domain));
  }
  return hints.filter(({ offset }) => part.start <= offset && offset <= part.end).sort((a, b) => a.offset - b.offset);
}

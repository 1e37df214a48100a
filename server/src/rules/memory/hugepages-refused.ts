/** Huge pages as libvirt refuses them: at define, and in one case at start. */

import { formatCpuset } from '../../domain/cpuset.ts';
import type { Domain } from '../../domain/domain.ts';
import type { PageSize } from '../../domain/memory.ts';
import { formatSize, GIBIBYTE, MEBIBYTE } from '../../domain/sizes.ts';
import type { Fix } from '../../finding.ts';
import { type Phrase, phrase, say } from '../../l10n/say.ts';
import { removeAttribute, removeElement, setAttribute } from '../../xml/edits.ts';
import { attribute, attributeValue, nameSpan, valueSpan } from '../../xml/query.ts';
import type { Span, XmlAttribute, XmlDocument, XmlElement } from '../../xml/tree.ts';
import { defineRule, type Rule } from '../rule.ts';
import { isImpossible } from './pageSizes.ts';
import { writeAttributeSize } from './writeSize.ts';

const page = 'memory/hugepages-refused';

/** An attribute of memoryBacking that can't stand beside hugepages. */
function contradiction(
  id: string,
  read: (domain: Domain) => XmlAttribute | undefined,
  refused: string,
  message: Phrase,
  better: string,
): Rule {
  return defineRule<{ readonly at: XmlAttribute; readonly hugepages: XmlElement }>({
    id,
    page,
    severity: 'error',
    needs: ['hugepages'],
    find(domain) {
      const at = read(domain);
      const { hugepages } = domain.memoryBacking;
      return domain.isQemu && hugepages && at?.value.trim() === refused ? [{ at, hugepages }] : [];
    },
    say: ({ at, hugepages }) => ({
      at: valueSpan(at),
      message: String(message),
      related: [{ ...nameSpan(hugepages), message: say`Huge pages are asked for here` }],
    }),
    fix: ({ at }, { document }) => [
      { title: say`Change ${at.name} to '${better}'`, edits: setAttribute(at.parent, at.name, better, document) },
      { title: say`Remove <${at.parent.name}>`, edits: removeElement(at.parent, document) },
    ],
  });
}

const ondemand = contradiction(
  'memory/hugepages-ondemand',
  (domain) => domain.memoryBacking.allocation,
  'ondemand',
  phrase`\`<hugepages>\` are taken from the host at start, so \`mode="ondemand"\` is refused. Allocate with \`immediate\`, or leave \`<allocation>\` out.`,
  'immediate',
);

const anonymousSource = contradiction(
  'memory/hugepages-anonymous-source',
  (domain) => domain.memoryBacking.source,
  'anonymous',
  phrase`Anonymous memory has no choice of page size, so \`<hugepages>\` with \`type="anonymous"\` is refused. Use \`memfd\`, or leave \`<source>\` out.`,
  'memfd',
);

interface Pair {
  readonly page: PageSize;
  readonly earlier: PageSize;
  /** The guest nodes that both claim. */
  readonly nodes: readonly number[];
}

/** Where the text says for which nodes a page size stands. */
function claim(page: PageSize): Span {
  const nodeset = attribute(page.element, 'nodeset');
  return nodeset ? valueSpan(nodeset) : nameSpan(page.element);
}

function nameOf(page: PageSize): string {
  return page.size === undefined ? say`a page size` : formatSize(page.size);
}

const twoDefaults = defineRule<Pair>({
  id: 'memory/hugepages-two-defaults',
  page,
  severity: 'error',
  needs: ['hugepages'],
  find(domain) {
    const [earlier, ...others] = domain.memoryBacking.pages.filter((page) => page.nodeset === undefined);
    return earlier ? others.map((page) => ({ page, earlier, nodes: [] })) : [];
  },
  say: ({ page, earlier }) => ({
    at: claim(page),
    message: say`${nameOf(page)} and ${nameOf(earlier)} both stand for every guest node that no \`nodeset\` names. Only one \`<page>\` may: give the other a \`nodeset\` of guest NUMA cells, or remove it.`,
    related: [{ ...claim(earlier), message: say`${nameOf(earlier)} is the default already` }],
  }),
  fix: ({ page, earlier }, { document }) => [
    { title: say`Keep ${nameOf(earlier)} only`, edits: removeElement(page.element, document) },
    { title: say`Keep ${nameOf(page)} only`, edits: removeElement(earlier.element, document) },
  ],
});

const nodesetUnknown = defineRule<{ readonly page: PageSize; readonly wrong: readonly number[] }>({
  id: 'memory/hugepages-nodeset-unknown',
  page,
  severity: 'error',
  needs: ['hugepages'],
  find(domain) {
    const cells = domain.numaCells.length;
    return domain.memoryBacking.pages
      .map((page) => ({ page, wrong: [...(page.nodes ?? [])].filter((node) => node >= cells) }))
      .filter(({ wrong }) => wrong.length > 0);
  },
  say({ page, wrong }, domain) {
    const cells = domain.numaCells.length;
    const there =
      cells === 0 ? say`has no NUMA cells` : say`has ${cells === 1 ? say`cell 0 only` : say`cells 0-${cells - 1}`}`;
    return {
      at: claim(page),
      message: say`\`nodeset\` counts the guest's own NUMA cells, not the host's nodes; this guest ${there}, so ${wrong.length === 1 ? 'node' : 'nodes'} ${formatCpuset(wrong)} can't be found.`,
    };
  },
  fix({ page, wrong }, domain) {
    const hasDefault = domain.memoryBacking.pages.some((other) => other.nodeset === undefined);
    if (page.nodeset && !hasDefault && wrong.length === page.nodes?.size)
      return [{ title: say`Remove nodeset`, edits: removeAttribute(page.nodeset, domain.document) }];
    return [without(page, wrong, domain.document)];
  },
});

/** Takes nodes out of a page's nodeset, and the page out of the list where none is left. */
function without(page: PageSize, nodes: readonly number[], document: XmlDocument): Fix {
  const left = [...(page.nodes ?? [])].filter((node) => !nodes.includes(node));
  if (left.length === 0) return { title: say`Remove this page size`, edits: removeElement(page.element, document) };
  const nodeset = formatCpuset(left);
  return {
    title: say`Change nodeset to '${nodeset}'`,
    edits: setAttribute(page.element, 'nodeset', nodeset, document),
  };
}

const nodesetOverlap = defineRule<Pair>({
  id: 'memory/hugepages-nodeset-overlap',
  page,
  severity: 'error',
  needs: ['hugepages'],
  find(domain) {
    const owner = new Map<number, PageSize>();
    const pairs: Pair[] = [];
    for (const page of domain.memoryBacking.pages) {
      const nodes = [...(page.nodes ?? [])];
      const shared = nodes.filter((node) => owner.has(node));
      const earlier = shared[0] === undefined ? undefined : owner.get(shared[0]);
      if (earlier) pairs.push({ page, earlier, nodes: shared });
      for (const node of nodes) if (!owner.has(node)) owner.set(node, page);
    }
    return pairs;
  },
  say: ({ page, earlier, nodes }) => ({
    at: claim(page),
    message: say`${nameOf(page)} and ${nameOf(earlier)} both claim guest ${nodes.length === 1 ? 'node' : 'nodes'} ${formatCpuset(nodes)}. A node has one page size: take it out of one \`nodeset\`.`,
    related: [{ ...claim(earlier), message: say`Claimed for ${nameOf(earlier)} here` }],
  }),
  fix: ({ page, nodes }, { document }) => [without(page, nodes, document)],
});

const sizeUnsupported = defineRule<{ readonly page: PageSize; readonly size: number }>({
  id: 'memory/hugepage-size-unsupported',
  page,
  severity: 'error',
  needs: ['hugepages'],
  *find(domain) {
    if (!domain.isQemu) return;
    for (const page of domain.memoryBacking.pages)
      if (page.size !== undefined && isImpossible(page.size, domain)) yield { page, size: page.size };
  },
  say({ page, size }, domain) {
    const at = attribute(page.element, 'size');
    const unitless = attributeValue(page.element, 'unit') === undefined;
    return {
      at: at ? valueSpan(at) : nameSpan(page.element),
      message: say`No ${domain.isX86 ? 'x86 ' : ''}host has pages of ${formatSize(size)}${unitless ? say` (a number without \`unit\` counts KiB)` : ''}, so the guest can't start.${domain.isX86 ? say` Huge pages are 2 MiB or 1 GiB.` : say` Page sizes are powers of two; \`virsh capabilities\` lists those of the host.`}`,
    };
  },
  fix({ page, size }, domain) {
    const number = Number(attributeValue(page.element, 'size'));
    const forgotUnit = [MEBIBYTE, GIBIBYTE].find((unit) => !isImpossible(number * unit, domain) && size < MEBIBYTE);
    const best = forgotUnit !== undefined ? number * forgotUnit : size < GIBIBYTE / 2 ? 2 * MEBIBYTE : GIBIBYTE;
    const sizes = [best, ...[2 * MEBIBYTE, GIBIBYTE].filter((other) => other !== best)];
    return sizes.map((bytes) => ({
      title: say`Use pages of ${formatSize(bytes)}`,
      edits: writeAttributeSize(page.element, 'size', bytes, domain.document),
    }));
  },
});

export const refusals: readonly Rule[] = [
  ondemand,
  anonymousSource,
  twoDefaults,
  nodesetUnknown,
  nodesetOverlap,
  sizeUnsupported,
];

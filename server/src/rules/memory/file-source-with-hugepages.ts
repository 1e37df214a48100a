import { usesHugePages } from '../../domain/memory.ts';
import { say } from '../../l10n/say.ts';
import { nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { dropElement } from '../fixes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlAttribute>({
  id: 'memory/file-source-with-hugepages',
  severity: 'warning',
  tags: ['unnecessary'],
  since: '2.0.0',
  needs: ['hugepages', 'source'],
  *find(domain) {
    const { source, hugepages, pages } = domain.memoryBacking;
    // With pages for some nodes only, the memory of the others is in files.
    const isWhole = pages.every((page) => page.nodeset === undefined);
    if (domain.isQemu && hugepages && isWhole && source?.value.trim() === 'file' && usesHugePages(domain.memoryBacking))
      yield source;
  },
  say(source, { memoryBacking: { hugepages } }) {
    return {
      at: valueSpan(source),
      message: say`\`type='file'\` has no effect beside \`<hugepages>\`: the memory lies in the host's pool of huge pages (hugetlbfs), not in files of \`memory_backing_dir\`. Remove \`<source>\`; where other processes shall map the memory, \`memfd\` with \`<access mode="shared"/>\` is the way.`,
      ...(hugepages && { related: [{ ...nameSpan(hugepages), message: say`Huge pages` }] }),
    };
  },
  fix: (source, { document }) => [dropElement(source.parent, document)],
});

/** Huge pages of whatever size the host has: what must be there before the guest starts. */
import { MEBIBYTE, roundedSize } from '../../domain/sizes.ts';
import { say } from '../../l10n/say.ts';
import { insertChild } from '../../xml/edits.ts';
import { nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

/** The default size of x86 hosts, unless their kernel was told another. */
const X86_DEFAULT = 2 * MEBIBYTE;

export const rule = defineRule<XmlElement>({
  id: 'memory/hugepages-are-preallocated',
  severity: 'information',
  needs: ['hugepages'],
  since: '1.2.5',
  find(domain) {
    const { hugepages, pages } = domain.memoryBacking;
    return domain.isQemu && domain.isX86 && hugepages && pages.length === 0 ? [hugepages] : [];
  },
  say(hugepages, { memory }) {
    const need = memory
      ? say`${Math.ceil(memory / X86_DEFAULT)} pages of 2 MiB for these ${roundedSize(memory)}`
      : say`enough of them`;
    return {
      at: nameSpan(hugepages),
      message: say`These are static huge pages, not transparent ones: the host must have reserved them before the guest starts, usually ${need} (\`virsh freepages --all\`). Which size it takes is the host's choice here; name it with \`<page>\`.`,
    };
  },
  fix: (hugepages, { document }) =>
    ['MiB', 'GiB'].map((unit) => {
      const size = unit === 'MiB' ? 2 : 1;
      const page = `<page size='${size}' unit='${unit}'/>`;
      return { title: say`Ask for pages of ${size} ${unit}`, edits: insertChild(hugepages, page, document) };
    }),
});

/** The edits that let other processes map the guest's memory: what virtiofs and vhost-user need. */
import type { Domain } from '../../domain/domain.ts';
import type { Fix, TextEdit } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { insertChild, setAttribute } from '../../xml/edits.ts';
import { attribute, child } from '../../xml/query.ts';

/** Declares all memory shared; memory that has no source yet, nor huge pages, becomes a memfd. */
export function shareMemory(domain: Domain): Fix {
  const { document, memoryBacking: backing } = domain;
  const memfd = backing.hugepages || backing.source ? '' : "<source type='memfd'/>";
  const access = backing.access ? '' : "<access mode='shared'/>";
  const missing = [memfd, access].filter((xml) => xml !== '').join('\n');
  const edits = [...addToMemoryBacking(domain, missing)];
  if (backing.access) edits.push(...setAttribute(backing.access.parent, 'mode', 'shared', document));
  for (const cell of domain.numaCells)
    if (attribute(cell, 'memAccess')) edits.push(...setAttribute(cell, 'memAccess', 'shared', document));
  const title = memfd ? say`Share the guest memory (memfd)` : say`Share the guest memory`;
  return { title, edits };
}

/** Backs the memory with a memfd. */
export function useMemfd(domain: Domain): Fix {
  const { source } = domain.memoryBacking;
  return {
    title: say`Back the guest memory with memfd`,
    edits: source
      ? setAttribute(source.parent, 'type', 'memfd', domain.document)
      : addToMemoryBacking(domain, "<source type='memfd'/>"),
  };
}

/** Adds children to memoryBacking, and memoryBacking itself where it is missing. */
export function addToMemoryBacking(domain: Domain, xml: string): TextEdit[] {
  const { root, document, memoryBacking } = domain;
  if (xml === '') return [];
  if (memoryBacking.element) return insertChild(memoryBacking.element, xml, document);
  const after = child(root, 'currentMemory') ?? child(root, 'memory');
  const whole = `<memoryBacking>\n  ${xml.replaceAll('\n', '\n  ')}\n</memoryBacking>`;
  return insertChild(root, whole, document, after ? { after } : {});
}

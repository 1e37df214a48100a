/** Amounts of memory that libvirt refuses: none at all, and a guarantee that QEMU can't give. */
import type { Domain } from '../../domain/domain.ts';
import { elementSize } from '../../domain/sizes.ts';
import { insertChild, removeElement, setAttribute, setText } from '../../xml/edits.ts';
import { child, childElements, nameSpan, textOf, textSpan } from '../../xml/query.ts';
import { isSimilar } from '../../xml/similar.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule, type Rule } from '../rule.ts';

const page = 'memory/amounts-refused';

/** An element that somebody meant to be `<memory>`: the grammar reports its name. */
function isMisspelled(domain: Domain): boolean {
  return childElements(domain.root).some((element) => element.name !== 'memory' && isSimilar(element.name, 'memory'));
}

const missing = defineRule<XmlElement | undefined>({
  id: 'memory/missing',
  page,
  severity: 'error',
  find(domain) {
    if (domain.type === '' || domain.numaCells.length > 0) return [];
    const told = child(domain.root, 'memory');
    if (told) return /^0+$/.test(textOf(told)) ? [told] : [];
    return isMisspelled(domain) ? [] : [undefined];
  },
  say: (told, domain) => ({
    at: told ? textSpan(told) : nameSpan(domain.root),
    message: told
      ? 'A guest of no memory is refused. Say how much it gets.'
      : 'The domain says nowhere how much memory the guest gets. Add `<memory>`, or guest NUMA cells with sizes.',
  }),
  fix(told, { root, document }) {
    if (told)
      return [
        { title: 'Give it 4 GiB', edits: [...setText(told, '4'), ...setAttribute(told, 'unit', 'GiB', document)] },
      ];
    const after = ['description', 'title', 'genid', 'uuid', 'name'].map((name) => child(root, name)).find(Boolean);
    const edits = insertChild(root, "<memory unit='GiB'>4</memory>", document, after ? { after } : { first: true });
    return [{ title: 'Add 4 GiB of memory', edits }];
  },
});

const minGuarantee = defineRule<XmlElement>({
  id: 'memory/min-guarantee-unsupported',
  page,
  severity: 'error',
  needs: ['min_guarantee'],
  find(domain) {
    const found = child(domain.root, 'memtune', 'min_guarantee');
    return domain.isQemu && found && elementSize(found) !== 0 ? [found] : [];
  },
  say: (found) => ({
    at: nameSpan(found),
    message:
      'QEMU has no guaranteed minimum of memory; libvirt knows `<min_guarantee>` for other hypervisors only. Remove it; `<locked/>` or huge pages are what keeps memory from being taken away.',
  }),
  fix: (found, { document }) => [
    {
      title: 'Remove min_guarantee',
      edits: removeElement(found.parent && childElements(found.parent).length === 1 ? found.parent : found, document),
    },
  ],
});

export const refusals: readonly Rule[] = [missing, minGuarantee];

/** Amounts of memory that libvirt refuses: none at all, more than it counts, and a guarantee that QEMU can't give. */
import type { Domain } from '../../domain/domain.ts';
import { attributeSize, elementSize, MEBIBYTE } from '../../domain/sizes.ts';
import { say } from '../../l10n/say.ts';
import { insertChild, removeElement, setAttribute, setText } from '../../xml/edits.ts';
import { attribute, child, childElements, nameSpan, textOf, textSpan, valueSpan } from '../../xml/query.ts';
import { isSimilar } from '../../xml/similar.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { type Refused, refusal } from '../refusal.ts';
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
      ? say`A guest of no memory is refused. Say how much it gets.`
      : say`The domain says nowhere how much memory the guest gets. Add \`<memory>\`, or guest NUMA cells with sizes.`,
  }),
  fix(told, { root, document }) {
    if (told)
      return [
        { title: say`Give it 4 GiB`, edits: [...setText(told, '4'), ...setAttribute(told, 'unit', 'GiB', document)] },
      ];
    const after = ['description', 'title', 'genid', 'uuid', 'name'].map((name) => child(root, name)).find(Boolean);
    const edits = insertChild(root, "<memory unit='GiB'>4</memory>", document, after ? { after } : { first: true });
    return [{ title: say`Add 4 GiB of memory`, edits }];
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
    message: say`QEMU has no guaranteed minimum of memory; libvirt knows \`<min_guarantee>\` for other hypervisors only. Remove it; \`<locked/>\` or huge pages are what keeps memory from being taken away.`,
  }),
  fix: (found, { document }) => [
    {
      title: say`Remove min_guarantee`,
      edits: removeElement(found.parent && childElements(found.parent).length === 1 ? found.parent : found, document),
    },
  ],
});

/** libvirt counts memory in a C long of bytes, and rounds it up to whole MiB for QEMU. */
const MOST = 2 ** 63 - MEBIBYTE;

/** Amounts that overflow: read at define, or rounded at the start. */
function* overflowing({ root, numaCells }: Domain): Iterable<Refused> {
  const told = ['memory', 'currentMemory', 'maxMemory'].flatMap((name) => child(root, name) ?? []);
  const elements = told.map((element) => ({ at: textSpan(element), size: elementSize(element) }));
  const cells = numaCells.flatMap((cell) => {
    const memory = attribute(cell, 'memory');
    return memory ? [{ at: valueSpan(memory), size: attributeSize(cell, 'memory') }] : [];
  });
  for (const { at, size } of [...elements, ...cells])
    if (size !== undefined && size > MOST)
      yield {
        at,
        message: say`libvirt cannot count so much memory: amounts end just below 8 EiB. Is the unit right?`,
      };
}

const tooLarge = refusal('memory/too-large', page, overflowing, { withoutFix: true });

export const refusals: readonly Rule[] = [missing, minGuarantee, tooLarge];

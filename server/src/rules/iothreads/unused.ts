import type { Domain } from '../../domain/domain.ts';
import {
  hasTooManyIothreads,
  iothreadElements,
  iothreadIds,
  iothreadUses,
  usedIothreads,
} from '../../domain/iothreads.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { insertChild, removeElement, setAttribute, setText } from '../../xml/edits.ts';
import { attribute, attributeValue, child, textSpan, valueSpan } from '../../xml/query.ts';
import type { Span, XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { isTuned, lowerCount } from './repairs.ts';

/** Unused threads that one token defines. */
interface Match {
  readonly at: Span;
  readonly ids: readonly number[];
  /** The element of iothreadids, where the thread has one. */
  readonly element: XmlElement | undefined;
}

export const rule = defineRule<Match>({
  id: 'iothreads/unused',
  severity: 'warning',
  needs: ['iothreads|iothreadids'],
  since: '1.2.8',
  *find(domain) {
    const all = domain.isQemu ? iothreadIds(domain) : undefined;
    // Where there are far too many, another rule says so.
    if (!all || hasTooManyIothreads(domain)) return;
    const unused = new Set([...all].filter((id) => !usedIothreads(domain).has(id)));
    for (const element of iothreadElements(domain)) {
      const at = attribute(element, 'id');
      const id = wholeNumber(at?.value);
      if (at && id !== undefined && unused.delete(id)) yield { at: valueSpan(at), ids: [id], element };
    }
    const counted = child(domain.root, 'iothreads');
    if (counted && unused.size > 0) yield { at: textSpan(counted), ids: [...unused], element: undefined };
  },
  say: ({ at, ids }) => ({
    at,
    message: say`${ids.length > 1 ? 'IOThreads' : 'IOThread'} ${ids.join(say`, `)} ${ids.length > 1 ? 'serve' : 'serves'} nothing: a thread works only for the disks and virtio-scsi controllers that name it. Give it to one by \`iothread='${ids[0]}'\`, or remove it.`,
  }),
  fix: (match, domain) => [...assign(match, domain), ...remove(match, domain)],
});

/** Gives the first unused thread to the first virtio disk without one. */
function assign({ ids }: Match, { disks, document }: Domain): Fix[] {
  const [id] = ids;
  const disk = disks.find(({ bus, driver }) => bus === 'virtio' && iothreadUses(driver).length === 0);
  if (id === undefined || !disk) return [];
  return [
    {
      title: say`Give IOThread ${id} to disk ${disk.target ?? ''}`.trim(),
      edits: disk.driver
        ? setAttribute(disk.driver, 'iothread', String(id), document)
        : insertChild(disk.element, `<driver iothread='${id}'/>`, document, { first: true }),
    },
  ];
}

function remove({ element }: Match, domain: Domain): Fix[] {
  const { root, document } = domain;
  if (!element) return lowerCount(usedIothreads(domain), domain);
  if (isTuned(domain)) return [];
  const counted = child(root, 'iothreads');
  const count = (iothreadIds(domain)?.size ?? 1) - 1;
  return [
    {
      title: say`Remove IOThread ${attributeValue(element, 'id')}`,
      edits: [...(counted ? setText(counted, String(count)) : []), ...removeElement(element, document)],
    },
  ];
}

/** One entry of `<vcpus>` against the rules of libvirt for it. */
import { wholeNumber } from '../../domain/numbers.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { insertBefore, removeAttribute, removeElement, setAttribute } from '../../xml/edits.ts';
import { attribute, attributeValue, nameSpan, valueSpan } from '../../xml/query.ts';
import type { Span, XmlDocument, XmlElement } from '../../xml/tree.ts';

/** A refused entry: where, why, and what would mend it. */
export interface Entry {
  readonly at: Span;
  readonly message: string;
  /** Worked out when asked for. */
  readonly fixes: () => readonly Fix[];
}

/** Judges the entries together: vCPU 0 among them, online, and an order of all that are online or of none. */
export function judgeList(list: XmlElement, entries: readonly XmlElement[], document: XmlDocument): Entry | undefined {
  const zero = entries.find((entry) => wholeNumber(attributeValue(entry, 'id')) === 0);
  const [first] = entries;
  if (first && !zero)
    return {
      at: nameSpan(list),
      message: say`vCPUs that are not listed are offline, and vCPU 0 must not be: libvirt refuses the definition. Add it.`,
      fixes: () => [
        {
          title: say`Add vCPU 0`,
          edits: insertBefore(first, "<vcpu id='0' enabled='yes' hotpluggable='no'/>", document),
        },
      ],
    };
  const online = entries.filter((entry) => attributeValue(entry, 'enabled') === 'yes');
  const order = (entry: XmlElement) => wholeNumber(attributeValue(entry, 'order')) ?? 0;
  const without = online.find((entry) => order(entry) === 0);
  const ordered = online.filter((entry) => order(entry) > 0);
  const remove: Fix = {
    title: say`Remove order from all entries`,
    edits: entries.flatMap((entry) => {
      const at = attribute(entry, 'order');
      return at ? removeAttribute(at, document) : [];
    }),
  };
  if (without && ordered.length > 0)
    return {
      at: nameSpan(without),
      message: say`Some vCPUs that are online have an \`order\` and this one has none: libvirt refuses the definition. Give all an order, or none.`,
      fixes: () => [remove],
    };
  const written = zero && attribute(zero, 'order');
  if (zero && written && order(zero) > 1)
    return {
      at: valueSpan(written),
      message: say`vCPU 0 starts the guest, so its \`order\` is 1: libvirt refuses ${order(zero)}.`,
      fixes: () => [remove],
    };
  return undefined;
}

/** Judges an entry; `most` is the maximum of `<vcpu>`, `free` the lowest id that no entry has. */
export function judgeEntry(element: XmlElement, most: number, free: number, document: XmlDocument): Entry | undefined {
  const idAttribute = attribute(element, 'id');
  const id = wholeNumber(idAttribute?.value);
  if (!idAttribute || id === undefined) return undefined;
  const enabled = attribute(element, 'enabled');
  const hotpluggable = attribute(element, 'hotpluggable');
  const set = (name: string, value: string): Fix => ({
    title: say`Set ${name}='${value}'`,
    edits: setAttribute(element, name, value, document),
  });
  if (id >= most) {
    return {
      at: valueSpan(idAttribute),
      message: say`vCPU ${id} does not exist: \`<vcpu>\` allows ${most}, so ids run from 0 to ${most - 1}; libvirt refuses the definition.`,
      fixes: () => [
        ...(free < most
          ? [{ title: say`Change the id to ${free}`, edits: setAttribute(element, 'id', String(free), document) }]
          : []),
        { title: say`Remove the entry`, edits: removeElement(element, document) },
      ],
    };
  }
  if (id === 0 && enabled?.value === 'no') {
    return {
      at: valueSpan(enabled),
      message: say`vCPU 0 starts the guest and cannot be offline; libvirt refuses the definition.`,
      fixes: () => [set('enabled', 'yes')],
    };
  }
  if (id === 0 && hotpluggable?.value === 'yes') {
    return {
      at: valueSpan(hotpluggable),
      message: say`vCPU 0 cannot be hot-pluggable; libvirt refuses the definition.`,
      fixes: () => [set('hotpluggable', 'no')],
    };
  }
  if (enabled?.value === 'no' && hotpluggable?.value === 'no') {
    return {
      at: valueSpan(hotpluggable),
      message: say`vCPU ${id} is offline and not hot-pluggable, so nothing could ever bring it online; libvirt refuses the definition.`,
      fixes: () => [set('hotpluggable', 'yes'), set('enabled', 'yes')],
    };
  }
  return undefined;
}

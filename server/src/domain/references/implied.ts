/** Definitions that no element names: what libvirt counts where a document gives a number, or leaves out an index. */
import { attribute, child, nameSpan, textSpan } from '../../xml/query.ts';
import type { Span, XmlDocument, XmlElement } from '../../xml/tree.ts';
import { controllersOf } from '../controllers.ts';
import { Domain } from '../domain.ts';
import { iothreadElements, iothreadIds } from '../iothreads.ts';
import { wholeNumber } from '../numbers.ts';
import type { EntityKind } from './kinds.ts';
import type { Site } from './site.ts';

/** What a domain defines by counting. */
export function impliedSites(root: XmlElement, document: XmlDocument): Site[] {
  const domain = new Domain(document, root);
  return [...iothreads(domain), ...vcpus(domain), ...numaCells(domain), ...controllers(domain)];
}

function iothreads(domain: Domain): Site[] {
  const count = child(domain.root, 'iothreads');
  if (!count) return [];
  const written = new Set(iothreadElements(domain).map((one) => wholeNumber(attribute(one, 'id')?.value)));
  const counted = [...(iothreadIds(domain) ?? [])].filter((id) => !written.has(id));
  return counted.map((id) => site('count', 'iothread', String(id), count, textSpan(count)));
}

function vcpus({ root, vcpus: count }: Domain): Site[] {
  const element = child(root, 'vcpu');
  if (!element || child(root, 'vcpus') || !count) return [];
  return [{ ...site('count', 'vcpu', '0', element, textSpan(element)), last: count - 1 }];
}

function numaCells({ numaCells: cells }: Domain): Site[] {
  return cells.flatMap((cell, at) =>
    attribute(cell, 'id') ? [] : [site('order', 'numa-cell', String(at), cell, nameSpan(cell))],
  );
}

function controllers(domain: Domain): Site[] {
  const types = new Set(domain.devices('controller').map((one) => attribute(one, 'type')?.value.trim() ?? 'ide'));
  return [...types].flatMap((type) =>
    controllersOf(domain, type).flatMap(({ element, index }) =>
      index === undefined || attribute(element, 'index')
        ? []
        : [site('order', 'controller', `${type} ${index}`, element, nameSpan(element))],
    ),
  );
}

function site(
  implied: 'count' | 'order',
  kind: EntityKind,
  name: string,
  element: XmlElement,
  { start, end }: Span,
): Site {
  return { kind, role: 'definition', name, start, end, element, implied, quote: '' };
}

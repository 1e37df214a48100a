/** Controllers of every type, with the index that libvirt gives to those that have none. */
import { attribute, attributeValue } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';
import type { Domain } from './domain.ts';
import { numberOfAnyBase } from './numbers.ts';

export interface Controller {
  readonly element: XmlElement;
  readonly type: string;
  readonly model: string | undefined;
  /** As written, or as libvirt assigns it; undefined where what is written is no number. */
  readonly index: number | undefined;
}

/** The ICH9 controllers, which share an index: one EHCI and its UHCI companions. */
const COMPANY: ReadonlySet<string> = new Set(['ich9-ehci1', 'ich9-uhci1', 'ich9-uhci2', 'ich9-uhci3']);

export function isOfIch9(controller: Controller): boolean {
  return controller.type === 'usb' && COMPANY.has(controller.model ?? '');
}

/** The controllers of a type, in document order. */
export function controllersOf(domain: Domain, type: string): readonly Controller[] {
  const byType = domain.keep('controllers', () => {
    const map = new Map<string, XmlElement[]>();
    for (const element of domain.devices('controller')) {
      // libvirt takes a controller without a type for one of IDE.
      const written = attributeValue(element, 'type') ?? 'ide';
      const list = map.get(written);
      if (list) list.push(element);
      else map.set(written, [element]);
    }
    return new Map([...map].map(([name, elements]) => [name, withIndices(name, elements)]));
  });
  return byType.get(type) ?? [];
}

/**
 * The lowest free index goes to a controller without one, in document order (virDomainAssignControllerIndexes); one of ICH9's
 * joins the company of the USB controller before it, as long as that has none of its model.
 */
function withIndices(type: string, elements: readonly XmlElement[]): readonly Controller[] {
  const written = elements.map((element) => numberOfAnyBase(attributeValue(element, 'index')));
  const taken = new Set(written.filter((index) => index !== undefined));
  const models = new Map<number, Set<string>>();
  const note = (index: number | undefined, model = '') => {
    if (index !== undefined) models.set(index, (models.get(index) ?? new Set()).add(model));
  };
  elements.forEach((element, at) => {
    note(written[at], attributeValue(element, 'model'));
  });
  const controllers: Controller[] = [];
  let least = 0;
  elements.forEach((element, at) => {
    const model = attributeValue(element, 'model');
    let index = written[at];
    if (!attribute(element, 'index')) {
      const before = controllers.at(-1);
      const joins = COMPANY.has(model ?? '') && type === 'usb' && before !== undefined && isOfIch9(before);
      if (joins && before.index !== undefined && !models.get(before.index)?.has(model ?? '')) index = before.index;
      else {
        while (taken.has(least)) least++;
        index = least;
      }
      taken.add(index);
      note(index, model);
    }
    controllers.push({ element, type, model, index });
  });
  return controllers;
}

/** The guest's clock and its timers. */
import { attribute, attributeValue, child, childElements } from '../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../xml/tree.ts';
import type { Domain } from './domain.ts';

export interface Timer {
  readonly element: XmlElement;
  /** 'rtc', 'pit', 'hpet', 'tsc', 'kvmclock', 'hypervclock', 'platform' or 'armvtimer'. */
  readonly name: string;
  /** timer/@present: undefined where it is left to the hypervisor. */
  readonly present: 'yes' | 'no' | undefined;
  readonly tickpolicy: XmlAttribute | undefined;
}

export interface Clock {
  readonly element: XmlElement;
  /** clock/@offset; libvirt's default is 'utc'. */
  readonly offset: string;
  readonly timers: readonly Timer[];
}

/** The domain's `<clock>`, or undefined where it has none. */
export function clock(domain: Domain): Clock | undefined {
  return domain.keep('clock', () => {
    const element = child(domain.root, 'clock');
    return element && { element, offset: attributeValue(element, 'offset') ?? 'utc', timers: timersOf(element) };
  });
}

function timersOf(element: XmlElement): readonly Timer[] {
  return childElements(element, 'timer').map((timer) => {
    const present = attributeValue(timer, 'present');
    return {
      element: timer,
      name: attributeValue(timer, 'name') ?? '',
      present: present === 'yes' || present === 'no' ? present : undefined,
      tickpolicy: attribute(timer, 'tickpolicy'),
    };
  });
}

/** The timer of a name, or undefined where the document does not speak of it. */
export function timer(domain: Domain, name: string): Timer | undefined {
  return clock(domain)?.timers.find((one) => one.name === name);
}

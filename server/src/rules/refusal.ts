/** Refusals in tables: one function finds the places, and says and mends all of each. */
import type { Domain } from '../domain/domain.ts';
import type { Fix, RelatedPlace } from '../finding.ts';
import { say } from '../l10n/say.ts';
import { attribute, child, nameSpan, valueSpan } from '../xml/query.ts';
import type { Span, XmlAttribute, XmlElement } from '../xml/tree.ts';
import { defineRule, type Rule } from './rule.ts';

export interface Refused {
  /** The token that is wrong. */
  readonly at: Span;
  readonly message: string;
  /** The other ends of the conflict. */
  readonly related?: readonly RelatedPlace[];
  /** Best first. */
  readonly fixes?: readonly (Fix | undefined)[];
}

export interface RefusalOptions {
  /** First libvirt release that has what is spoken of, or that refuses it. */
  readonly since?: string;
  /** No edit can mend it. */
  readonly withoutFix?: boolean;
  /** Refused whatever hypervisor runs the guest, not just by the QEMU driver. */
  readonly anyDriver?: boolean;
  /** libvirt takes the definition, and QEMU refuses it when the guest starts: a warning. */
  readonly atStart?: boolean;
  /** Names without which a document holds nothing to refuse (RuleDefinition.needs). */
  readonly needs?: readonly string[];
}

/** One refusal of a family; `page` is the family's. */
export function refusal(
  id: string,
  page: string,
  find: (domain: Domain) => Iterable<Refused>,
  { since, withoutFix, anyDriver, atStart, needs }: RefusalOptions = {},
): Rule {
  return defineRule<Refused>({
    id,
    page,
    severity: atStart ? 'warning' : 'error',
    ...(needs && { needs }),
    ...(since !== undefined && { since }),
    find: (domain) => (domain.isQemu || anyDriver ? find(domain) : []),
    say: ({ at, message, related }) => ({ at, message, ...(related && { related }) }),
    ...(!withoutFix && { fix: ({ fixes = [] }) => fixes.filter((fix) => fix !== undefined) }),
  });
}

/** An attribute's value, or the name of its element where it is absent. */
export function placeOf(element: XmlElement, name: string): Span {
  const at = attribute(element, name);
  return at ? valueSpan(at) : nameSpan(element);
}

/** A place on the other side of a conflict. */
export function relatedTo(span: Span, message: string): RelatedPlace {
  return { start: span.start, end: span.end, message };
}

/** What os/type says of the machine, else the element itself: the other end of "not on this machine". */
export function machinePlace(domain: Domain): readonly RelatedPlace[] {
  const type = child(domain.root, 'os', 'type');
  if (!type) return [];
  const name = attribute(type, 'machine') ? 'machine' : 'arch';
  return [relatedTo(placeOf(type, name), say`The machine of the guest`)];
}

/** The address of a device, with its type. */
export function addressOf(device: XmlElement): { element: XmlElement; type: XmlAttribute } | undefined {
  const element = child(device, 'address');
  const type = attribute(element, 'type');
  return element && type && { element, type };
}

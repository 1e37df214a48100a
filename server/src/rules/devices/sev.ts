/** launchSecurity of AMD's processors. */
import type { Domain } from '../../domain/domain.ts';
import { anyNumber } from '../../domain/freeNumbers.ts';
import { attributeValue, child, textOf } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';

export interface Sev {
  readonly element: XmlElement;
  readonly isSnp: boolean;
  readonly policy: XmlElement | undefined;
  readonly policyValue: number | undefined;
}

/** Undefined where the guest is not encrypted, or not by SEV. */
export function sevOf(domain: Domain): Sev | undefined {
  const element = child(domain.root, 'launchSecurity');
  const type = attributeValue(element, 'type');
  if (!element || !domain.isQemu || (type !== 'sev' && type !== 'sev-snp')) return undefined;
  const policy = child(element, 'policy');
  return { element, isSnp: type === 'sev-snp', policy, policyValue: anyNumber(textOf(policy)) };
}

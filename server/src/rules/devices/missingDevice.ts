/** Advice to give a guest a device that it lacks: it stands on `<devices>`, and the fix adds the device. */
import type { Domain } from '../../domain/domain.ts';
import type { Phrase } from '../../l10n/say.ts';
import { insertChild } from '../../xml/edits.ts';
import { child, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule, type Rule } from '../rule.ts';

interface MissingDevice {
  readonly id: string;
  readonly since?: string;
  readonly lacks: (domain: Domain) => boolean;
  readonly message: Phrase;
  /** Title of the fix, and what it adds. */
  readonly title: Phrase;
  readonly xml: string;
}

export function missingDevice({ id, since, lacks, message, title, xml }: MissingDevice): Rule {
  return defineRule<XmlElement>({
    id,
    severity: 'hint',
    ...(since !== undefined && { since }),
    find(domain) {
      const devices = child(domain.root, 'devices');
      return domain.isQemu && devices && lacks(domain) ? [devices] : [];
    },
    say: (devices) => ({ at: nameSpan(devices), message: String(message) }),
    fix: (devices, { document }) => [{ title: String(title), edits: insertChild(devices, xml, document) }],
  });
}

import { graphicsOf, isReachable } from '../../domain/graphics.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attribute, attributeValue, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

interface Match {
  readonly element: XmlElement;
  readonly address: XmlAttribute;
}

export const rule = defineRule<Match>({
  id: 'graphics-security/spice-without-tls',
  severity: 'hint',
  needs: ['graphics', '@listen|@address'],
  *find(domain) {
    if (!domain.isQemu) return;
    for (const { element, type, listenType, address } of graphicsOf(domain)) {
      const isSecure = attribute(element, 'tlsPort') || attributeValue(element, 'defaultMode') === 'secure';
      if (type !== 'spice' || listenType !== 'address' || isSecure) continue;
      if (address && isReachable(address.value.trim())) yield { element, address };
    }
  },
  say: ({ address }) => ({
    at: valueSpan(address),
    message: say`SPICE goes over the network in plain text here, keyboard and clipboard included: where no TLS port is, the mode \`any\` is content without. Require TLS with \`defaultMode="secure"\`, which needs certificates and \`spice_tls\` in qemu.conf.`,
  }),
  fix: ({ element }, { document }) => {
    // A port of its own would be for the user to choose.
    if (attributeValue(element, 'autoport') !== 'yes') return [];
    return [{ title: say`Require TLS`, edits: setAttribute(element, 'defaultMode', 'secure', document) }];
  },
});

import type { Domain } from '../../domain/domain.ts';
import { type Graphics, graphicsOf, isReachable } from '../../domain/graphics.ts';
import type { TextEdit } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { setValue } from '../../xml/edits.ts';
import { attribute, attributeValue, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

interface Match {
  readonly graphics: Graphics;
  readonly address: XmlAttribute;
}

/** The address stands in `<listen>`, in graphics/@listen, or in both; then they have to agree. */
function localOnly({ element, listen }: Graphics, { document }: Domain): TextEdit[] {
  const places = [attribute(element, 'listen'), attribute(listen, 'address')];
  return places.flatMap((place) =>
    place ? setValue(place, place.value.includes(':') ? '::1' : '127.0.0.1', document) : [],
  );
}

export const rule = defineRule<Match>({
  id: 'graphics-security/listen-all-no-password',
  severity: 'warning',
  needs: ['graphics', '@listen|@address'],
  *find(domain) {
    if (!domain.isQemu) return;
    for (const graphics of graphicsOf(domain)) {
      const { element, type, listenType, address } = graphics;
      if (!['vnc', 'spice', 'rdp'].includes(type) || listenType !== 'address') continue;
      // An empty password lets nobody in.
      if (!address || !isReachable(address.value.trim()) || attributeValue(element, 'passwd') !== undefined) continue;
      yield { graphics, address };
    }
  },
  say: ({ address }) => ({
    at: valueSpan(address),
    message: say`Who reaches \`${address.value.trim()}\` has the keyboard of this guest: nothing here asks for a password. Listen on \`127.0.0.1\` and come by an SSH tunnel (virt-viewer makes one), or require TLS and SASL in qemu.conf.`,
  }),
  fix: ({ graphics }, domain) => [{ title: say`Listen on the host alone`, edits: localOnly(graphics, domain) }],
});

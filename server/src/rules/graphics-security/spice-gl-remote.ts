import { type Graphics, graphicsOf } from '../../domain/graphics.ts';
import type { TextEdit } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { insertChild, removeAttribute, setAttribute } from '../../xml/edits.ts';
import { attribute, child, valueSpan } from '../../xml/query.ts';
import type { Span, XmlDocument, XmlElement } from '../../xml/tree.ts';
import { placeOf } from '../refusal.ts';
import { defineRule } from '../rule.ts';

interface Match {
  readonly graphics: Graphics;
  readonly gl: XmlElement;
  readonly at: Span;
}

/** A listen that clients reach by a descriptor from libvirt. */
function locally({ element, listen }: Graphics, document: XmlDocument): TextEdit[] {
  const double = attribute(element, 'listen');
  const others = double ? removeAttribute(double, document) : [];
  if (!listen) return [...others, ...insertChild(element, "<listen type='none'/>", document, { first: true })];
  const surplus = listen.attributes.filter(({ name }) => name !== 'type');
  return [
    ...others,
    ...setAttribute(listen, 'type', 'none', document),
    ...surplus.flatMap((one) => removeAttribute(one, document)),
  ];
}

export const rule = defineRule<Match>({
  id: 'graphics-security/spice-gl-remote',
  severity: 'warning',
  since: '1.3.3',
  needs: ['graphics', 'gl'],
  *find(domain) {
    if (!domain.isQemu) return;
    for (const graphics of graphicsOf(domain)) {
      const gl = child(graphics.element, 'gl');
      const enable = attribute(gl, 'enable');
      if (graphics.type !== 'spice' || !gl || enable?.value.trim() !== 'yes') continue;
      if (['address', 'network'].includes(graphics.listenType)) yield { graphics, gl, at: valueSpan(enable) };
    }
  },
  say: ({ graphics, at }) => ({
    at,
    message: say`With OpenGL SPICE hands each picture over as a file descriptor, which no network carries: QEMU refuses to start, or a client sees nothing. Listen nowhere (\`type="none"\`) or on a socket, or render with \`egl-headless\` and leave SPICE its pixels.`,
    related: [{ ...placeOf(graphics.listen ?? graphics.element, 'type'), message: say`Listens on the network` }],
  }),
  fix: ({ graphics, gl }, { document }) => [
    { title: say`Listen on nothing: clients come by virsh`, edits: locally(graphics, document) },
    { title: say`Switch OpenGL off`, edits: setAttribute(gl, 'enable', 'no', document) },
  ],
});

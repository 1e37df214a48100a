/** The card of 1993, written or by libvirt's default. */
import type { Domain } from '../../domain/domain.ts';
import { graphicsOf } from '../../domain/graphics.ts';
import { guestSystem } from '../../domain/guestSystem.ts';
import { videos } from '../../domain/video.ts';
import type { TextEdit } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { insertAfter, removeAttribute, setAttribute } from '../../xml/edits.ts';
import { attribute } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { placeOf } from '../refusal.ts';
import { defineRule } from '../rule.ts';

interface Match {
  /** The model, or the graphics of a guest that names no video. */
  readonly element: XmlElement;
  readonly isWritten: boolean;
}

function withModel(model: XmlElement, type: string, { document }: Domain): TextEdit[] {
  const memory = attribute(model, 'vram');
  return [...setAttribute(model, 'type', type, document), ...(memory ? removeAttribute(memory, document) : [])];
}

export const rule = defineRule<Match>({
  id: 'devices/video-cirrus',
  severity: 'hint',
  needs: ['video|graphics'],
  *find(domain) {
    if (!domain.isQemu || !domain.isX86) return;
    for (const { model, type } of videos(domain))
      if (model && type === 'cirrus') yield { element: model, isWritten: true };
    const graphics = graphicsOf(domain).find(({ type }) => ['vnc', 'spice', 'sdl', 'rdp'].includes(type));
    if (graphics && domain.devices('video').length === 0) yield { element: graphics.element, isWritten: false };
  },
  say: ({ element, isWritten }) => ({
    at: placeOf(element, 'type'),
    message: isWritten
      ? say`\`cirrus\` is a card of 1993 that QEMU itself advises against: little memory, low resolutions, slow. \`virtio\` is for guests with the driver, \`vga\` for any.`
      : say`Graphics without \`<video>\` get the card of libvirt's default, \`cirrus\` of 1993 where QEMU has it. Name one: \`virtio\` for guests with the driver, \`vga\` for any.`,
  }),
  fix({ element, isWritten }, domain) {
    const types = guestSystem(domain) === 'windows' ? ['vga', 'virtio'] : ['virtio', 'vga'];
    return types.map((type) => ({
      title: isWritten ? say`Change type to '${type}'` : say`Add video '${type}'`,
      edits: isWritten
        ? withModel(element, type, domain)
        : insertAfter(element, `<video>\n  <model type='${type}'/>\n</video>`, domain.document),
    }));
  },
});

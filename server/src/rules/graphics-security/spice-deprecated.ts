import { graphicsOf } from '../../domain/graphics.ts';
import { videos } from '../../domain/video.ts';
import { say } from '../../l10n/say.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { placeOf } from '../refusal.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlElement>({
  id: 'graphics-security/spice-deprecated',
  severity: 'information',
  needs: ['graphics|video'],
  *find(domain) {
    if (!domain.isQemu) return;
    const spice = graphicsOf(domain).find(({ type }) => type === 'spice');
    const qxl = videos(domain).find(({ type }) => type === 'qxl');
    const found = spice?.element ?? qxl?.model;
    if (found) yield found;
  },
  say: (element) => ({
    at: placeOf(element, 'type'),
    message: say`Some builds of QEMU have no SPICE and no QXL any more, that of RHEL 9 for one: there this guest is refused. VNC with \`virtio\` video is everywhere.`,
  }),
});

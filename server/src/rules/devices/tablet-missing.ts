/** Remote screens send absolute positions; a mouse takes none. */
import type { Domain } from '../../domain/domain.ts';
import { graphicsOf } from '../../domain/graphics.ts';
import { isElsewhere } from '../../domain/platform.ts';
import { say } from '../../l10n/say.ts';
import { insertAfter } from '../../xml/edits.ts';
import { attributeValue, child } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { placeOf } from '../refusal.ts';
import { defineRule } from '../rule.ts';

function tabletBus(domain: Domain): 'usb' | 'virtio' {
  const hasNoUsb = domain
    .devices('controller')
    .some((one) => attributeValue(one, 'type') === 'usb' && attributeValue(one, 'model') === 'none');
  const isPc = !isElsewhere(domain, ['q35', 'i440fx', 'pseries']);
  return isPc && !hasNoUsb ? 'usb' : 'virtio';
}

export const rule = defineRule<XmlElement>({
  id: 'devices/tablet-missing',
  severity: 'hint',
  needs: ['graphics'],
  *find(domain) {
    const remote = graphicsOf(domain).find(({ type }) => type === 'vnc' || type === 'rdp');
    const hasTablet = domain
      .devices('input')
      .some((input) => ['tablet', 'passthrough', 'evdev'].includes(attributeValue(input, 'type') ?? ''));
    const isScreenless = domain
      .devices('video')
      .some((video) => attributeValue(child(video, 'model'), 'type') === 'none');
    if (domain.isQemu && remote && !hasTablet && !isScreenless) yield remote.element;
  },
  say: (graphics) => ({
    at: placeOf(graphics, 'type'),
    message: say`The guest has a mouse only, which takes movements; the viewer knows positions, so the two pointers drift apart. A tablet takes positions.`,
  }),
  fix: (graphics, domain) => {
    const bus = tabletBus(domain);
    return [
      {
        title: bus === 'usb' ? say`Add a tablet on USB` : say`Add a tablet on virtio`,
        edits: insertAfter(graphics, `<input type='tablet' bus='${bus}'/>`, domain.document),
      },
    ];
  },
});

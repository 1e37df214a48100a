import type { Disk } from '../../domain/disk.ts';
import { say } from '../../l10n/say.ts';
import { attributeValue, childElements, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropElement } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { qemuDisks } from './places.ts';

/** Elements that libvirt drops, or stores and passes over, with the reason; undefined where they count. */
const IGNORED: Readonly<Record<string, (disk: Disk, element: XmlElement) => string | undefined>> = {
  mirror: () => say`it tells of a copy job of a running guest, and libvirt drops it from a definition`,
  backenddomain: () => say`it names one of Xen's driver domains`,
  auth: ({ type }) => (type === 'network' ? undefined : say`credentials are for servers of disks in the network`),
  geometry: (_, element) =>
    ['cyls', 'heads', 'secs'].some((name) => attributeValue(element, name) === '0')
      ? say`cylinders, heads and sectors count together, and one of them is 0`
      : undefined,
};

interface Ignored {
  readonly element: XmlElement;
  readonly reason: string;
}

export const rule = defineRule<Ignored>({
  id: 'disk/ignored-elements',
  severity: 'warning',
  tags: ['unnecessary'],
  needs: ['disk', 'mirror|backenddomain|auth|geometry'],
  find: (domain) =>
    qemuDisks(domain).flatMap((disk) =>
      childElements(disk.element).flatMap((element): Ignored[] => {
        const reason = IGNORED[element.name]?.(disk, element);
        return reason === undefined ? [] : [{ element, reason }];
      }),
    ),
  say: ({ element, reason }) => ({
    at: nameSpan(element),
    message: say`\`<${element.name}>\` has no effect here: ${reason}. Remove it.`,
  }),
  fix: ({ element }, { document }) => [dropElement(element, document)],
});

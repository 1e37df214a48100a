import type { NetworkInterface } from '../../domain/networkInterface.ts';
import { say } from '../../l10n/say.ts';
import { childElements, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropElement } from '../fixes.ts';
import { placeOf } from '../refusal.ts';
import { defineRule } from '../rule.ts';
import { qemuInterfaces } from './interfaces.ts';

/** Types without a device of the host that packets pass. */
const WITHOUT_TAP: ReadonlySet<string> = new Set('user server client mcast udp vdpa null'.split(' '));

/** Elements that libvirt stores and QEMU's driver passes over, with the reason; undefined where they count. */
const IGNORED: Readonly<Record<string, (face: NetworkInterface) => string | undefined>> = {
  bandwidth: (face) => without(face, say`traffic is shaped on a tap device of the host`),
  filterref: (face) => without(face, say`filters are rules of the host for a tap device`),
  guest: () => say`it names the device inside a container; a guest of QEMU names its own`,
  backenddomain: () => say`it names one of Xen's driver domains`,
};

function without({ type }: NetworkInterface, reason: string): string | undefined {
  return WITHOUT_TAP.has(type) ? say`${reason}, and an interface of type \`${type}\` has none` : undefined;
}

interface Ignored {
  readonly face: NetworkInterface;
  readonly element: XmlElement;
  readonly reason: string;
}

export const rule = defineRule<Ignored>({
  id: 'network/ignored-elements',
  severity: 'warning',
  tags: ['unnecessary'],
  needs: ['interface', 'bandwidth|filterref|guest|backenddomain'],
  find: (domain) =>
    qemuInterfaces(domain).flatMap((face) =>
      childElements(face.element).flatMap((element): Ignored[] => {
        const reason = IGNORED[element.name]?.(face);
        return reason === undefined ? [] : [{ face, element, reason }];
      }),
    ),
  say: ({ face, element, reason }) => ({
    at: nameSpan(element),
    message: say`\`<${element.name}>\` has no effect here: ${reason}. Remove it${element.name === 'filterref' ? say`, or attach to a network or bridge: as it stands nothing is filtered` : ''}.`,
    related: [{ ...placeOf(face.element, 'type'), message: say`The type of the interface` }],
  }),
  fix: ({ element }, { document }) => [dropElement(element, document)],
});

/** Bandwidth, VLAN tags and virtual ports that say too little or too much for libvirt. */
import type { NetworkInterface } from '../../domain/networkInterface.ts';
import { say } from '../../l10n/say.ts';
import { insertChild } from '../../xml/edits.ts';
import {
  attribute,
  attributeSpan,
  attributeValue,
  child,
  childElements,
  nameSpan,
  valueSpan,
} from '../../xml/query.ts';
import type { XmlDocument } from '../../xml/tree.ts';
import { addAttributes, dropAttribute, dropElement, setValueOf } from '../fixes.ts';
import { placeOf, type RefusalOptions, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';
import { qemuInterfaces } from './interfaces.ts';

const page = 'network/ports';

/** Each direction has an average; a guaranteed floor is a matter of the network's bridge, and of what flows in. */
function* wrongBandwidth(face: NetworkInterface, document: XmlDocument): Iterable<Refused> {
  const bandwidth = child(face.element, 'bandwidth');
  if (!bandwidth) return;
  const type = [relatedTo(placeOf(face.element, 'type'), say`The type of the interface`)];
  if (face.type === 'hostdev') {
    yield {
      at: nameSpan(bandwidth),
      message: say`An assigned device passes the host by, which cannot limit it: the definition is stored, but the guest does not start. Remove \`<bandwidth>\`.`,
      related: type,
      fixes: [dropElement(bandwidth, document)],
    };
    return;
  }
  const classId = attribute(bandwidth, 'classID');
  if (classId)
    yield {
      at: attributeSpan(classId),
      message: say`libvirt gives classes of traffic their numbers by itself, and refuses \`classID\` in a definition. Remove it.`,
      fixes: [dropAttribute(classId, document)],
    };
  for (const direction of childElements(bandwidth)) {
    const floor = attribute(direction, 'floor');
    if (floor && (direction.name === 'outbound' || face.type !== 'network'))
      yield {
        at: attributeSpan(floor),
        message:
          direction.name === 'outbound'
            ? say`\`floor\` guarantees a share of what flows in: libvirt refuses it in \`<outbound>\`. Remove it.`
            : say`\`floor\` is kept by the bridge of a libvirt network: libvirt refuses it on an interface of type \`${face.type}\`. Remove it.`,
        related: direction.name === 'outbound' ? [] : type,
        fixes: [dropAttribute(floor, document)],
      };
    else if (!floor && !attribute(direction, 'average')) {
      const peak = attribute(direction, 'peak');
      yield {
        at: nameSpan(direction),
        message: say`\`<${direction.name}>\` states no \`average\`: libvirt refuses the definition. Add it (KiB a second).`,
        fixes: peak ? [setValueOf(direction, 'average', peak.value, document)] : [dropElement(direction, document)],
      };
    }
  }
}

/** One VLAN of a trunk may go untagged. */
function* nativeTwice(face: NetworkInterface, document: XmlDocument): Iterable<Refused> {
  const vlan = child(face.element, 'vlan');
  const natives = (vlan ? childElements(vlan, 'tag') : []).flatMap((tag) => attribute(tag, 'nativeMode') ?? []);
  const [first, ...others] = natives;
  for (const other of first ? others : [])
    yield {
      at: attributeSpan(other),
      message: say`A trunk has one native VLAN, and another tag is it already: libvirt refuses the definition. Keep one.`,
      related: first ? [relatedTo(attributeSpan(first), say`The first`)] : [],
      fixes: [dropAttribute(other, document)],
    };
}

/** Types whose virtual port must be whole; with a network its own port adds what is missing. */
const WHOLE = new Set(['bridge', 'direct', 'hostdev']);
/** What the switch is told, by type, with values to start from; libvirt makes up the ids that are not listed. */
const PARAMETERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '802.1Qbg': { managerid: '11', typeid: '1193047', typeidversion: '2' },
  '802.1Qbh': { profileid: 'web' },
  midonet: { interfaceid: '0b2d64da-3d0e-431e-afdd-804415d6ebbb' },
};

function* halfPorts(face: NetworkInterface, document: XmlDocument): Iterable<Refused> {
  const port = child(face.element, 'virtualport');
  if (!port || !WHOLE.has(face.type)) return;
  const type = attribute(port, 'type');
  if (!type) {
    yield {
      at: nameSpan(port),
      message: say`Without \`type\` nothing is known of the switch: libvirt refuses \`<virtualport>\` on an interface of type \`${face.type}\`.`,
      fixes: [
        face.type === 'bridge' ? setValueOf(port, 'type', 'openvswitch', document) : undefined,
        dropElement(port, document),
      ],
    };
    return;
  }
  const parameters = child(port, 'parameters');
  const wanted = Object.entries(PARAMETERS[type.value.trim()] ?? {});
  const missing = wanted.filter(([name]) => !attributeValue(parameters, name));
  if (missing.length === 0) return;
  const written = missing.map(([name, value]) => `${name}='${value}'`).join(' ');
  const edits = parameters
    ? addAttributes(parameters, Object.fromEntries(missing), document)
    : insertChild(port, `<parameters ${written}/>`, document);
  yield {
    at: valueSpan(type),
    message: say`A port of type \`${type.value.trim()}\` is told by ${missing.map(([name]) => `\`${name}\``).join(say`, `)}, which \`<parameters>\` lacks: libvirt refuses the definition. Your switch's administrator has the values.`,
    fixes: [{ title: say`Add ${written} (put your own in its place)`, edits }, dropElement(port, document)],
  };
}

export const refusals: readonly Rule[] = [
  each('network/bandwidth', wrongBandwidth, { since: '0.9.4', needs: ['bandwidth'] }),
  each('network/vlan-native', nativeTwice, { since: '1.1.0', needs: ['vlan'] }),
  each('network/virtualport', halfPorts, { since: '0.8.2', needs: ['virtualport'] }),
];

function each(
  id: string,
  wrong: (face: NetworkInterface, document: XmlDocument) => Iterable<Refused>,
  options: RefusalOptions,
): Rule {
  return refusal(
    id,
    page,
    (domain) => qemuInterfaces(domain).flatMap((face) => [...wrong(face, domain.document)]),
    options,
  );
}

/** What an interface may be on its port of the bridge, and as one half of a team: combinations that libvirt refuses. */
import type { NetworkInterface } from '../../domain/networkInterface.ts';
import { attribute, attributeSpan, attributeValue, child, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { defineRule, type Rule } from '../rule.ts';
import { modelAttribute, qemuInterfaces } from './interfaces.ts';
import { dropElement, useVirtio } from './repairs.ts';

interface IsolatedPort {
  readonly port: XmlElement;
  readonly isolated: XmlAttribute;
  readonly where: string;
}

/** port/@isolated='yes' anywhere but on a plain Linux bridge. */
function isolatedElsewhere(face: NetworkInterface): IsolatedPort[] {
  const port = child(face.element, 'port');
  const isolated = attribute(port, 'isolated');
  if (!port || isolated?.value.trim() !== 'yes') return [];
  if (face.type !== 'network' && face.type !== 'bridge') return [{ port, isolated, where: `of type \`${face.type}\`` }];
  const virtualport = attributeValue(child(face.element, 'virtualport'), 'type');
  return virtualport === undefined ? [] : [{ port, isolated, where: `with the virtual port \`${virtualport}\`` }];
}

interface Team {
  readonly face: NetworkInterface;
  readonly teaming: XmlElement;
  readonly type: XmlAttribute;
}

/** The half that stays must be virtio, the half that comes and goes an assigned device. A missing or surplus attribute is the grammar's. */
function wrongTeam(face: NetworkInterface): Team[] {
  const teaming = child(face.element, 'teaming');
  const type = attribute(teaming, 'type');
  if (!teaming || !type) return [];
  const wrong =
    type.value.trim() === 'persistent'
      ? !face.isVirtio
      : type.value.trim() === 'transient' && face.type !== 'hostdev' && face.type !== 'network';
  return wrong ? [{ face, teaming, type }] : [];
}

export const refusals: readonly Rule[] = [
  defineRule<IsolatedPort>({
    id: 'network/isolated-port',
    page: 'network/port',
    severity: 'error',
    since: '6.1.0',
    find: (domain) => qemuInterfaces(domain).flatMap(isolatedElsewhere),
    say: ({ isolated, where }) => ({
      at: attributeSpan(isolated),
      message: `\`isolated='yes'\` is a flag of a Linux bridge's port; an interface ${where} has no such port, and libvirt refuses the definition. Remove \`<port>\`, or attach to a network or bridge.`,
    }),
    fix: ({ port }, { document }) => [dropElement(port, 'Remove <port>', document)],
  }),
  defineRule<Team>({
    id: 'network/teaming',
    page: 'network/port',
    severity: 'error',
    since: '6.1.0',
    find: (domain) => qemuInterfaces(domain).flatMap(wrongTeam),
    say({ face, type }) {
      const persistent = type.value.trim() === 'persistent';
      const model = modelAttribute(face);
      return {
        at: valueSpan(type),
        message: persistent
          ? `The half of a team that stays must be a virtio interface, not \`${face.model ?? 'the default model'}\`: libvirt refuses it. Set the model to \`virtio\`.`
          : `The half of a team that comes and goes must be an assigned device (type \`hostdev\`, or a network of such devices), not type \`${face.type}\`: libvirt refuses it.`,
        ...(persistent && model && { related: [{ ...valueSpan(model), message: 'Its model' }] }),
      };
    },
    fix: ({ face, teaming, type }, { document }) =>
      type.value.trim() === 'persistent'
        ? useVirtio(face, document)
        : [dropElement(teaming, 'Remove <teaming>', document)],
  }),
];

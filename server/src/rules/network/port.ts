/** What an interface may be on its port of the bridge, and as one half of a team: combinations that libvirt refuses. */

import type { Domain } from '../../domain/domain.ts';
import type { NetworkInterface } from '../../domain/networkInterface.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeSpan, attributeValue, child, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { dropElement, setValueOf } from '../fixes.ts';
import { defineRule, type Rule } from '../rule.ts';
import { isModelUnclear, modelAttribute, qemuInterfaces } from './interfaces.ts';
import { useVirtio } from './repairs.ts';

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
  if (face.type !== 'network' && face.type !== 'bridge')
    return [{ port, isolated, where: say`of type \`${face.type}\`` }];
  const virtualport = attributeValue(child(face.element, 'virtualport'), 'type');
  return virtualport === undefined ? [] : [{ port, isolated, where: say`with the virtual port \`${virtualport}\`` }];
}

interface Team {
  readonly face: NetworkInterface;
  readonly teaming: XmlElement;
  readonly type: XmlAttribute;
  /** The alias that the passing half must name, where that alone is what is wrong. */
  readonly partner?: string;
}

/** The alias of the half that stays, where the domain has just one. */
function persistentAlias(domain: Domain): string | undefined {
  const aliases = qemuInterfaces(domain)
    .filter(({ element }) => attributeValue(child(element, 'teaming'), 'type') === 'persistent')
    .map(({ element }) => attributeValue(child(element, 'alias'), 'name'));
  return aliases.length === 1 ? aliases[0] : undefined;
}

/** The half that stays must be virtio, the half that comes and goes an assigned device. Other missing or surplus attributes are the grammar's. */
function* wrongTeams(domain: Domain): Generator<Team> {
  const partner = persistentAlias(domain);
  for (const face of qemuInterfaces(domain)) {
    const teaming = child(face.element, 'teaming');
    const type = attribute(teaming, 'type');
    if (!teaming || !type) continue;
    if (type.value.trim() === 'persistent') {
      if (!face.isVirtio && !isModelUnclear(face)) yield { face, teaming, type };
    } else if (type.value.trim() === 'transient') {
      if (face.type !== 'hostdev' && face.type !== 'network') yield { face, teaming, type };
      else if (partner && !attribute(teaming, 'persistent')) yield { face, teaming, type, partner };
    }
  }
}

export const refusals: readonly Rule[] = [
  defineRule<IsolatedPort>({
    id: 'network/isolated-port',
    page: 'network/port',
    severity: 'error',
    needs: ['port'],
    since: '6.1.0',
    find: (domain) => qemuInterfaces(domain).flatMap(isolatedElsewhere),
    say: ({ isolated, where }) => ({
      at: attributeSpan(isolated),
      message: say`\`isolated='yes'\` is a flag of a Linux bridge's port; an interface ${where} has no such port, and libvirt refuses the definition. Remove \`<port>\`, or attach to a network or bridge.`,
    }),
    fix: ({ port }, { document }) => [dropElement(port, document)],
  }),
  defineRule<Team>({
    id: 'network/teaming',
    page: 'network/port',
    severity: 'error',
    needs: ['teaming'],
    since: '6.1.0',
    find: wrongTeams,
    say({ face, teaming, type, partner }) {
      if (partner !== undefined)
        return {
          at: nameSpan(teaming),
          message: say`The half of a team that comes and goes must name the one that stays: libvirt refuses it without \`persistent\`. Add \`persistent='${partner}'\`.`,
        };
      const persistent = type.value.trim() === 'persistent';
      const model = modelAttribute(face);
      return {
        at: valueSpan(type),
        message: persistent
          ? say`The half of a team that stays must be a virtio interface, not \`${face.model ?? say`the default model`}\`: libvirt refuses it. Set the model to \`virtio\`.`
          : say`The half of a team that comes and goes must be an assigned device (type \`hostdev\`, or a network of such devices), not type \`${face.type}\`: libvirt refuses it.`,
        ...(persistent && model && { related: [{ ...valueSpan(model), message: say`Its model` }] }),
      };
    },
    fix({ face, teaming, type, partner }, { document }) {
      if (partner !== undefined) return [setValueOf(teaming, 'persistent', partner, document)];
      return type.value.trim() === 'persistent' ? useVirtio(face, document) : [dropElement(teaming, document)];
    },
  }),
];

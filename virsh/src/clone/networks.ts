/** Where the interfaces of a clone on another host are plugged in. */
import { type Phrase, phrase, say } from '../../../server/src/l10n/say.ts';
import { escapeAttribute, setAttribute } from '../../../server/src/xml/edits.ts';
import { attributeValue, child, childElements } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';
import type { Draft } from './draft.ts';
import { type NetworkPlace, networkAttributes, networkKey, networkOf } from './needs.ts';

export function planNetworks(draft: Draft): void {
  const { destination, domain, networks, refusals } = draft;
  if (!destination) return;
  const devices = child(domain, 'devices');
  for (const one of devices ? childElements(devices, 'interface') : []) {
    const from = networkOf(one);
    if (!from) continue;
    const to = destination.placement.networks.get(networkKey(from));
    if (!to) {
      const mac = attributeValue(child(one, 'mac'), 'address') ?? '?';
      refusals.push(
        say`The interface ${mac} is in ${placeText(from)}, which ${destination.target.name} does not have. Choose another for it.`,
      );
      continue;
    }
    if (!networks.some((known) => networkKey(known.from) === networkKey(from))) networks.push({ from, to });
    if (networkKey(from) !== networkKey(to)) plugInto(draft, one, to);
  }
}

/** The source's port group is one of the old network: it goes with it. */
function plugInto({ document, edits }: Draft, one: XmlElement, { type, name }: NetworkPlace): void {
  const source = child(one, 'source');
  if (!source) return;
  if (attributeValue(one, 'type') !== type) edits.push(...setAttribute(one, 'type', type, document));
  const newText = `<source ${networkAttributes[type]}='${escapeAttribute(name, "'")}'/>`;
  edits.push({ start: source.start, end: source.end, newText });
}

const words: Readonly<Record<NetworkPlace['type'], Phrase>> = {
  network: phrase`the network`,
  bridge: phrase`the bridge`,
  direct: phrase`the network device`,
};

/** `the network default`. */
export function placeText({ type, name }: NetworkPlace): string {
  return `${words[type]} ${name}`;
}

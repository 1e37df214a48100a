import type { Domain } from '../../domain/domain.ts';
import type { Host } from '../../domain/host.ts';
import { type Phrase, phrase, say } from '../../l10n/say.ts';
import { setValue } from '../../xml/edits.ts';
import { attribute, childElements, valueSpan } from '../../xml/query.ts';
import { isSimilar } from '../../xml/similar.ts';
import type { XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { hostRule, type Lack } from '../hostRule.ts';

export const rule = hostRule({
  id: 'network/host-object-missing',
  severity: 'warning',
  needs: ['interface'],
  hasFix: true,
  *find(domain, host) {
    if (!domain.isQemu) return;
    for (const { element, type, source } of domain.interfaces) {
      if (type === 'network') yield* ofNetwork(source, host, domain);
      const bridge = type === 'bridge' ? attribute(source, 'bridge') : undefined;
      const device = type === 'direct' ? attribute(source, 'dev') : undefined;
      if (bridge) yield* absent(bridge, host.interfaces, phrase`bridge`, domain);
      if (device) yield* absent(device, host.interfaces, phrase`network device`, domain);
      const { networkFilters } = host.facts;
      for (const filter of childElements(element, 'filterref')) {
        const name = attribute(filter, 'filter');
        if (name) yield* absent(name, networkFilters && new Set(networkFilters), phrase`network filter`, domain);
      }
    }
  },
});

function* ofNetwork(source: XmlElement | undefined, { networks }: Host, domain: Domain): Iterable<Lack> {
  const named = attribute(source, 'network');
  if (!named || !networks) return;
  const network = networks.get(named.value.trim());
  if (!network) {
    yield* absent(named, new Set(networks.keys()), phrase`network`, domain);
    return;
  }
  if (network.isActive === false && !network.isAutostart) {
    yield {
      at: valueSpan(named),
      message: (hosts) =>
        say`The network \`${network.name}\` is off on ${hosts}, and nothing starts it: the guest does not start there. \`virsh net-start\` and \`virsh net-autostart\` bring it up.`,
    };
  }
  const portgroup = attribute(source, 'portgroup');
  const known = new Set(network.portgroups ?? []);
  if (portgroup) yield* absent(portgroup, known, phrase`port group of the network \`${network.name}\``, domain);
}

function* absent(
  at: XmlAttribute,
  known: ReadonlySet<string> | undefined,
  what: Phrase,
  { document }: Domain,
): Iterable<Lack> {
  const name = at.value.trim();
  if (!known || known.has(name) || name === '') return;
  yield {
    at: valueSpan(at),
    message: (hosts) => say`There is no ${what} \`${name}\` on ${hosts}: the guest does not start there.`,
    fixes: [...known]
      .filter((one) => isSimilar(name, one))
      .map((one) => ({ title: say`Change ${at.name} to '${one}'`, edits: setValue(at, one, document) })),
  };
}

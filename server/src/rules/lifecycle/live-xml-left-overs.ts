import type { Domain } from '../../domain/domain.ts';
import type { TextEdit } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { removeAttribute, removeElement } from '../../xml/edits.ts';
import { attribute, attributeSpan, attributeValue, child, nameSpan } from '../../xml/query.ts';
import type { Span } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

/** A part that libvirt writes of a running guest, and takes away when it is defined. */
interface LeftOver extends Span {
  readonly what: string;
  readonly edits: (domain: Domain) => readonly TextEdit[];
}

/** Names that libvirt gives to devices; the user's own begin with `ua-`. */
const isOwnAlias = (name: string): boolean => name.startsWith('ua-');

function ofDevices(domain: Domain): LeftOver[] {
  return domain.devices().flatMap((device) => {
    const alias = child(device, 'alias');
    const found: LeftOver[] = [];
    if (alias && !isOwnAlias(attributeValue(alias, 'name') ?? 'ua-'))
      found.push({ ...nameSpan(alias), what: say`aliases`, edits: ({ document }) => removeElement(alias, document) });
    if (device.name !== 'interface' || attributeValue(device, 'type') !== 'network') return found;
    const port = attribute(child(device, 'source'), 'portid');
    const bridge = port && attribute(port.parent, 'bridge');
    if (port)
      found.push({
        ...attributeSpan(port),
        what: say`network ports`,
        edits: ({ document }) => [port, ...(bridge ? [bridge] : [])].flatMap((at) => removeAttribute(at, document)),
      });
    const target = child(device, 'target');
    if (target && /^vnet\d+$/.test(attributeValue(target, 'dev') ?? ''))
      found.push({
        ...nameSpan(target),
        what: say`tap devices`,
        edits: ({ document }) => removeElement(target, document),
      });
    return found;
  });
}

export const rule = defineRule<readonly LeftOver[]>({
  id: 'lifecycle/live-xml-left-overs',
  severity: 'hint',
  tags: ['unnecessary'],
  needs: ['@id|alias|@portid|target'],
  *find(domain) {
    const id = attribute(domain.root, 'id');
    const ofRoot: LeftOver[] = id
      ? [{ ...attributeSpan(id), what: 'id', edits: ({ document }) => removeAttribute(id, document) }]
      : [];
    const all = [...ofRoot, ...ofDevices(domain)].sort((a, b) => a.start - b.start);
    if (all.length > 0) yield all;
  },
  say: ([first, ...others]) => {
    const kinds = [...new Set([first, ...others].flatMap((one) => one?.what ?? []))];
    return {
      at: first ?? { start: 0, end: 0 },
      message: say`This is the description of a running guest (${kinds.join(say`, `)}), whose live parts libvirt drops or makes anew. Files to edit come from \`virsh dumpxml --inactive\`; for a clone change name, UUID, MAC addresses and disks too.`,
    };
  },
  fix: (all, domain) => [{ title: say`Remove the live parts`, edits: all.flatMap(({ edits }) => edits(domain)) }],
});

/** Devices of vhost-user that libvirt lets pass with private memory, where they can't work. */
import type { Domain } from '../../domain/domain.ts';
import { isMappedShared } from '../../domain/memory.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeValue, child, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { shareMemory } from './shareMemory.ts';

/** Where the document says vhostuser: interfaces (passt ones are refused anyway), and video run by vhost-user-gpu. */
function vhostUsers(domain: Domain): XmlAttribute[] {
  const interfaces = domain.interfaces
    .filter(
      ({ type, element }) => type === 'vhostuser' && attributeValue(child(element, 'backend'), 'type') !== 'passt',
    )
    .map(({ element }) => attribute(element, 'type'));
  const videos = domain
    .devices('video')
    .map((video) => attribute(child(video, 'driver'), 'name'))
    .filter((name) => name?.value.trim() === 'vhostuser');
  return [...interfaces, ...videos].filter((found) => found !== undefined);
}

export const rule = defineRule<XmlAttribute>({
  id: 'memory/vhostuser-needs-shared',
  severity: 'warning',
  needs: ['disk|interface|video|filesystem|input|crypto'],
  find: (domain) =>
    domain.isQemu && !isMappedShared(domain.memoryBacking, domain.numaCells) ? vhostUsers(domain) : [],
  say: (at) => ({
    at: valueSpan(at),
    message: say`A vhost-user device runs in another process, which must map the guest memory, and that is private here. libvirt accepts it, then the device stays dead. Share the memory with \`<access mode="shared"/>\` and memfd or huge pages.`,
  }),
  fix: (_, domain) => [shareMemory(domain)],
});

import type { Domain } from '../../domain/domain.ts';
import { firmware, nvramPath } from '../../domain/firmware.ts';
import { uuidDigits } from '../../domain/uuid.ts';
import type { HostDomain } from '../../host/facts.ts';
import { say } from '../../l10n/say.ts';
import { attribute, child, nameSpan, textOf, textSpan, valueSpan } from '../../xml/query.ts';
import { dropElement } from '../fixes.ts';
import { hostRule, type Lack } from '../hostRule.ts';

export const rule = hostRule({
  id: 'lifecycle/clone-identity',
  severity: 'warning',
  hasFix: true,
  *find(domain, host) {
    const { domains } = host.facts;
    if (!domains || !domain.isQemu) return;
    const [name, uuid] = ['name', 'uuid'].map((part) => child(domain.root, part));
    const [ownName, ownUuid] = [textOf(name), uuidDigits(textOf(uuid))];
    // A domain with either of the two is taken to be the same guest: what it has is its own.
    const others = domains.filter((one) => one.name !== ownName && uuidDigits(one.uuid) !== ownUuid);
    const renamed = domains.find((one) => uuidDigits(one.uuid) === ownUuid && one.name !== ownName);
    const replaced = domains.find((one) => one.name === ownName && ownUuid !== '' && uuidDigits(one.uuid) !== ownUuid);
    if (uuid && renamed)
      yield {
        at: textSpan(uuid),
        message: (hosts) =>
          say`\`${renamed.name}\` on ${hosts} has this UUID: libvirt there refuses the definition. Remove the UUID of a copy, and libvirt makes up a new one.`,
        fixes: [dropElement(uuid, domain.document)],
      };
    if (name && replaced)
      yield {
        at: textSpan(name),
        message: (hosts) =>
          say`Another VM on ${hosts} is called \`${ownName}\`, with the UUID \`${replaced.uuid}\`: libvirt there refuses the definition. Give this one another name.`,
      };
    yield* taken(domain, others);
  },
});

/** What two guests cannot have both without harm. */
function* taken(domain: Domain, others: readonly HostDomain[]): Iterable<Lack> {
  for (const { element, mac } of domain.interfaces) {
    const owner = mac === undefined ? undefined : others.find(({ macs }) => macs?.includes(mac));
    const address = child(element, 'mac');
    const at = attribute(address, 'address');
    if (owner && address && at)
      yield {
        at: valueSpan(at),
        message: (hosts) =>
          say`\`${owner.name}\` on ${hosts} has this MAC address: libvirt does not mind, but on one network frames then reach either of them. Remove the \`<mac>\` of a copy, and libvirt makes up a new one.`,
        fixes: [dropElement(address, domain.document, say`Remove <mac>: libvirt makes up a new address`)],
      };
  }
  for (const { path, writable, shareable, source } of domain.disks) {
    const owner = writable && !shareable && path ? others.find(({ images }) => images?.includes(path)) : undefined;
    const at = attribute(source, 'file') ?? attribute(source, 'dev');
    if (owner && at)
      yield {
        at: valueSpan(at),
        message: (hosts) =>
          say`\`${owner.name}\` on ${hosts} writes to this image: the second of the two does not start, or, on devices without locks, both destroy the data. Give a copy an image of its own.`,
      };
  }
  const { nvram } = firmware(domain);
  const path = nvramPath(firmware(domain));
  const owner = path === '' ? undefined : others.find((one) => one.nvram === path);
  if (owner && nvram)
    yield {
      at: textOf(nvram) === '' ? nameSpan(nvram) : textSpan(nvram),
      message: (hosts) =>
        say`\`${owner.name}\` on ${hosts} keeps the variables of its firmware in this file: each guest overwrites the boot entries of the other. Remove the \`<nvram>\` of a copy, and libvirt makes a new one.`,
      fixes: [dropElement(nvram, domain.document)],
    };
}

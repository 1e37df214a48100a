/** What makes a domain itself: its name, UUID, addresses and numbers. The clone gets its own. */
import { isSameUuid } from '../../../server/src/domain/uuid.ts';
import { say } from '../../../server/src/l10n/say.ts';
import { insertAfter, removeAttribute, removeElement, setAttribute, setText } from '../../../server/src/xml/edits.ts';
import { attributeValue, child, childElements, descendants, textOf } from '../../../server/src/xml/query.ts';
import type { Draft } from './draft.ts';
import { freshMac } from './names.ts';

export function planIdentity(draft: Draft): void {
  const { document, domain, edits, changes } = draft;
  const name = child(domain, 'name');
  if (!name) {
    draft.refusals.push(say`The definition has no name.`);
    return;
  }
  edits.push(...setText(name, draft.name));
  const uuid = child(domain, 'uuid');
  edits.push(...(uuid ? setText(uuid, draft.uuid) : insertAfter(name, `<uuid>${draft.uuid}</uuid>`, document)));
  const title = child(domain, 'title');
  if (title) {
    edits.push(...removeElement(title, document));
    changes.push(say`The title “${textOf(title)}” is removed.`);
  }
  const generationId = child(domain, 'genid');
  if (generationId) {
    edits.push(...setText(generationId, draft.identities.uuid()));
    changes.push(say`The generation ID is new, so that the guest can notice that it is a copy.`);
  }
  planSmbiosUuid(draft);
  planMacs(draft);
  planPorts(draft);
  planVsock(draft);
}

/** libvirt refuses an SMBIOS UUID that is not the domain's. */
function planSmbiosUuid({ domain, edits, uuid, source, changes }: Draft): void {
  for (const sysinfo of childElements(domain, 'sysinfo')) {
    for (const system of childElements(sysinfo, 'system')) {
      for (const entry of childElements(system, 'entry')) {
        if (attributeValue(entry, 'name') !== 'uuid' || !isSameUuid(textOf(entry), source.uuid)) continue;
        edits.push(...setText(entry, uuid));
        changes.push(say`The UUID in the SMBIOS information follows the new one.`);
      }
    }
  }
}

function planMacs({ document, domain, edits, macs, takenMacs, identities }: Draft): void {
  const devices = child(domain, 'devices');
  if (!devices) return;
  for (const networkInterface of childElements(devices, 'interface')) {
    const mac = child(networkInterface, 'mac');
    const from = attributeValue(mac, 'address');
    if (!mac || !from) continue;
    const to = freshMac(takenMacs, identities);
    takenMacs.add(to);
    macs.push({ from, to });
    edits.push(...setAttribute(mac, 'address', to, document));
  }
}

/** A virtual switch knows a port by its id, and libvirt makes one where there is none. MidoNet has made its own, and wants it stated. */
function planPorts({ document, domain, edits, changes, warnings }: Draft): void {
  const devices = child(domain, 'devices');
  for (const one of devices ? childElements(devices, 'interface') : []) {
    const port = child(one, 'virtualport');
    const parameters = child(one, 'virtualport', 'parameters');
    for (const attribute of parameters?.attributes.filter(({ name }) => portIds.has(name)) ?? []) {
      if (attributeValue(port, 'type') === 'midonet') {
        warnings.push(
          say`An interface keeps the port ${attribute.value} of MidoNet: give the clone a port of its own there.`,
        );
        continue;
      }
      edits.push(...removeAttribute(attribute, document));
      changes.push(say`The id ${attribute.value} of a port at the virtual switch is replaced by libvirt.`);
    }
  }
}

const portIds: ReadonlySet<string> = new Set(['interfaceid', 'instanceid']);

/** Two running guests cannot have one address on the vsock. */
function planVsock({ document, domain, edits, changes }: Draft): void {
  for (const element of descendants(domain)) {
    if (element.name !== 'cid' || element.parent?.name !== 'vsock' || attributeValue(element, 'auto') === 'yes')
      continue;
    edits.push(...setAttribute(element, 'auto', 'yes', document));
    changes.push(say`The vsock address is chosen by libvirt at each start.`);
  }
}

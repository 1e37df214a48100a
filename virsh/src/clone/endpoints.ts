/** Ports, sockets and files of the host that belong to one VM alone. */
import { say } from '../../../server/src/l10n/say.ts';
import { removeElement, setAttribute } from '../../../server/src/xml/edits.ts';
import { attributeValue, child, childElements } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';
import { type Draft, onlyOne } from './draft.ts';
import { renamedPath } from './names.ts';

const characterDevices = new Set(['serial', 'parallel', 'console', 'channel', 'smartcard', 'redirdev']);

export function planEndpoints(draft: Draft): void {
  const devices = child(draft.domain, 'devices');
  for (const device of devices ? childElements(devices) : []) {
    if (device.name === 'graphics') planGraphics(draft, device);
    else if (characterDevices.has(device.name)) planCharacterDevice(draft, device);
    else if (device.name === 'interface') planInterface(draft, device);
    else warnOfSharedDevice(draft, device);
  }
  for (const extra of childElements(draft.domain).filter(({ name }) => name.endsWith(':commandline'))) {
    draft.warnings.push(say`<${extra.name}> is kept as it is: look for ports and files in it.`);
  }
}

function planGraphics(draft: Draft, graphics: XmlElement): void {
  const { document, edits, changes } = draft;
  const type = attributeValue(graphics, 'type') ?? 'graphics';
  const isFixed = (name: string): boolean => Number(attributeValue(graphics, name) ?? -1) > 0;
  if (isFixed('port') || isFixed('tlsPort')) {
    const ports = ['port', 'tlsPort'].filter(isFixed);
    for (const name of ports) edits.push(...setAttribute(graphics, name, '-1', document));
    edits.push(...setAttribute(graphics, 'autoport', 'yes', document));
    changes.push(
      say`The ${type} port ${ports.map((name) => attributeValue(graphics, name)).join(say` and `)} becomes an automatic one.`,
    );
  }
  if (isFixed('websocket')) {
    edits.push(...setAttribute(graphics, 'websocket', '-1', document));
    changes.push(say`The websocket port ${attributeValue(graphics, 'websocket')} becomes an automatic one.`);
  }
  const listeners = [graphics, ...childElements(graphics, 'listen')];
  for (const listener of listeners) planPath(draft, listener, 'socket', say`The ${type} socket`);
}

function planCharacterDevice(draft: Draft, device: XmlElement): void {
  const source = child(device, 'source');
  const log = child(device, 'log');
  if (log) planPath(draft, log, 'file', say`The log of a ${device.name} device`);
  if (!source) return;
  const type = attributeValue(device, 'type');
  const mode = attributeValue(source, 'mode') ?? 'bind';
  if (type === 'file' || type === 'pipe' || (type === 'unix' && mode === 'bind')) {
    planPath(draft, source, 'path', say`The ${type === 'unix' ? say`socket` : type} of a ${device.name} device`);
  } else if (type === 'unix') {
    draft.warnings.push(
      say`A ${device.name} device connects to the socket ${attributeValue(source, 'path')}, as the source does.`,
    );
  } else if (type === 'dev') {
    draft.warnings.push(
      say`A ${device.name} device uses ${attributeValue(source, 'path')} of the host, as the source does.`,
    );
  } else if (type === 'tcp' || type === 'udp') {
    draft.warnings.push(
      say`A ${device.name} device uses the ${type} port ${attributeValue(source, 'service')}, as the source does.`,
    );
  }
}

function planPath(
  { source, name, document, edits, changes }: Draft,
  element: XmlElement,
  attributeName: string,
  what: string,
): void {
  const path = attributeValue(element, attributeName);
  if (!path) return;
  const renamed = renamedPath(path, source.name, name);
  edits.push(...setAttribute(element, attributeName, renamed, document));
  const sentence = say`${what} becomes ${renamed}.`;
  if (!changes.includes(sentence)) changes.push(sentence);
}

function planInterface(draft: Draft, networkInterface: XmlElement): void {
  const type = attributeValue(networkInterface, 'type');
  if (type === 'hostdev') draft.warnings.push(say`An interface is a device of the host: ${onlyOne(draft)}.`);
  if (type === 'vhostuser' || type === 'vdpa')
    draft.warnings.push(say`An interface of type ${type} keeps its source, which serves one VM.`);
  const target = child(networkInterface, 'target');
  const device = attributeValue(target, 'dev');
  if (!target || !device) return;
  if (type === 'ethernet') {
    draft.warnings.push(say`An interface keeps the device ${device}: ${onlyOne(draft)}.`);
    return;
  }
  draft.edits.push(...removeElement(target, draft.document));
  draft.changes.push(say`The interface’s device name ${device} on the host is chosen by libvirt.`);
}

function warnOfSharedDevice(draft: Draft, device: XmlElement): void {
  if (device.name === 'hostdev') {
    draft.warnings.push(say`A device of the host is passed through: ${onlyOne(draft)}.`);
  }
  if (device.name === 'shmem')
    draft.warnings.push(say`The shared memory ${attributeValue(device, 'name') ?? ''} is the same for both.`);
  const isFileMemory =
    device.name === 'memory' && ['nvdimm', 'virtio-pmem'].includes(attributeValue(device, 'model') ?? '');
  if (isFileMemory)
    draft.refusals.push(
      say`A memory device keeps its content in a file or device of the host, which libvirt cannot copy.`,
    );
}

/** The repairs that rules of this area share. */

import type { NetworkInterface } from '../../domain/networkInterface.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { insertChild, setAttribute } from '../../xml/edits.ts';
import { child, childElements } from '../../xml/query.ts';
import type { XmlAttribute, XmlDocument, XmlElement } from '../../xml/tree.ts';
import { dropElement } from '../fixes.ts';
import { MOST_TAP_QUEUES } from './interfaces.ts';

/** Takes a child of the interface away; no repair where there is none. */
export function dropChild(face: NetworkInterface, name: string, title: string, document: XmlDocument): Fix[] {
  const element = child(face.element, name);
  return element ? [dropElement(element, document, title)] : [];
}

/** Writes virtio as the model, where libvirt itself writes it: behind what the interface is attached to. */
export function useVirtio(face: NetworkInterface, document: XmlDocument): Fix[] {
  const model = child(face.element, 'model');
  const edits = model
    ? setAttribute(model, 'type', 'virtio', document)
    : insertBehind(face.element, ['mac', 'source', 'virtualport', 'target'], "<model type='virtio'/>", document);
  return [{ title: model ? say`Change the model to 'virtio'` : say`Add <model type='virtio'/>`, edits }];
}

/** Gives the interface a queue pair a vCPU, as many as a tap device can have at most. */
export function setQueues(face: NetworkInterface, vcpus: number, document: XmlDocument): Fix[] {
  const queues = String(Math.min(vcpus, MOST_TAP_QUEUES));
  const edits = face.driver
    ? setAttribute(face.driver, 'queues', queues, document)
    : insertBehind(face.element, ['model'], `<driver queues='${queues}'/>`, document);
  return [{ title: say`Set queues to '${queues}', one per vCPU`, edits }];
}

/** Adds what `<source>` lacks, with values to be replaced by one's own. */
export function setSource(
  face: NetworkInterface,
  missing: readonly string[],
  sample: Readonly<Record<string, string>>,
  document: XmlDocument,
): Fix[] {
  const written = (names: readonly string[]): string => names.map((name) => `${name}='${sample[name]}'`).join(' ');
  const title = say`Add ${written(missing)} (put your own in its place)`;
  if (!face.source) {
    const xml = `<source ${written(Object.keys(sample))}/>`;
    return [{ title, edits: insertBehind(face.element, ['mac'], xml, document) }];
  }
  const [first, ...others] = missing.map((name) =>
    setAttribute(face.source ?? face.element, name, sample[name] ?? '', document),
  );
  // Attributes added at one place make one edit, or their order would be open.
  const [edit] = first ?? [];
  const more = others.flat().map(({ newText }) => newText);
  return edit ? [{ title, edits: [{ ...edit, newText: [edit.newText, ...more].join('') }] }] : [];
}

/** Puts the interface on passt. */
export function usePasst(face: NetworkInterface, document: XmlDocument): Fix[] {
  const backend = child(face.element, 'backend');
  const edits = backend
    ? setAttribute(backend, 'type', 'passt', document)
    : insertBehind(face.element, ['mac', 'source'], "<backend type='passt'/>", document);
  return [{ title: say`Use the passt backend`, edits }];
}

/** Makes QEMU the client of a vhost-user socket, which connects again when the switch restarts. */
export function useClientMode(source: XmlElement, mode: XmlAttribute, document: XmlDocument): Fix[] {
  const edits = [
    ...setAttribute(mode.parent, mode.name, 'client', document),
    ...(child(source, 'reconnect')
      ? []
      : insertChild(source, "<reconnect enabled='yes' timeout='10'/>", document, { first: true })),
  ];
  return [{ title: say`Change mode to 'client' and reconnect`, edits }];
}

/** Adds a child behind the last of its elder brothers, or as the first child where the interface has none of them. */
function insertBehind(parent: XmlElement, elders: readonly string[], xml: string, document: XmlDocument) {
  const elder = childElements(parent).findLast(({ name }) => elders.includes(name));
  return insertChild(parent, xml, document, elder ? { after: elder } : { first: true });
}

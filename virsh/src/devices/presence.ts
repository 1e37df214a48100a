/** Whether a domain has a device, whatever libvirt has added to it. */
import { parseXml } from '../../../server/src/xml/parse.ts';
import { child, childElements } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';
import { divergences } from '../preview/divergences.ts';
import { identityOf } from '../preview/identity.ts';
import { pairElements } from '../preview/pairing.ts';
import { compareDefinition } from '../preview/readBack.ts';

/** How many devices of a domain are this one: by what identifies a device, else by all that is written in it. */
export function countDevice(domainXml: string, deviceXml: string): number {
  const device = deviceOf(asDomain(deviceXml));
  return device ? alike(devicesOf(domainXml), device).length : 0;
}

/** What of a device the domain does not have as it is written; undefined where it does not have the device at all. */
export function missingOf(domainXml: string, deviceXml: string): readonly string[] | undefined {
  const sent = asDomain(deviceXml);
  const device = deviceOf(sent);
  const [pair] = device ? pairElements([device], devicesOf(domainXml)).pairs : [];
  if (!pair) return undefined;
  const stored = asDomain(domainXml.slice(pair.right.start, pair.right.end));
  return compareDefinition(sent, stored)
    .filter(({ usual, kind }) => !usual && kind !== 'added')
    .map(({ message }) => message);
}

function alike(candidates: readonly XmlElement[], device: XmlElement): readonly XmlElement[] {
  const identity = identityOf(device);
  const namesakes = candidates.filter(({ name }) => name === device.name);
  if (identity !== undefined) return namesakes.filter((candidate) => identityOf(candidate) === identity);
  return namesakes.filter((candidate) =>
    divergences(device, candidate).every(
      (divergence) =>
        divergence.kind === 'only-right' || (divergence.kind === 'attribute' && divergence.inLeft === undefined),
    ),
  );
}

/** A device means what it means below `<devices>`. */
function asDomain(deviceXml: string): string {
  return `<domain><devices>${deviceXml}</devices></domain>`;
}

function deviceOf(domainXml: string): XmlElement | undefined {
  return devicesOf(domainXml)[0];
}

function devicesOf(domainXml: string): readonly XmlElement[] {
  const { root } = parseXml(domainXml);
  const devices = root && child(root, 'devices');
  return devices ? childElements(devices) : [];
}

/** What hosts have for a place of a document: networks, machine types, CPU models, volumes. Completion offers it, hover says where it is. */

import type { Domain } from '../domain/domain.ts';
import type { Host } from '../domain/host.ts';
import { blockersOf, hostFeatures } from '../domain/hostCpu.ts';
import { formatSize, KIBIBYTE } from '../domain/sizes.ts';
import { cardPath } from '../knowledge/cardPath.ts';
import { type Phrase, phrase, say } from '../l10n/say.ts';
import { attributeValue } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';

export interface HostObject {
  readonly value: string;
  /** What it is there, in a few words: `NAT, virbr0`. */
  readonly about?: string;
  /** It is there, and cannot be used: why. */
  readonly obstacle?: string;
}

interface Place {
  readonly host: Host;
  readonly domain: Domain;
  readonly element: XmlElement;
}

/** Undefined where the host's facts do not tell. */
type Reader = (place: Place) => readonly HostObject[] | undefined;

/** What the objects of a place are, for the words of completion and hover. */
interface Kind {
  readonly noun: Phrase;
  readonly read: Reader;
}

const plain = (values: Iterable<string> | undefined): readonly HostObject[] | undefined =>
  values && [...values].map((value) => ({ value }));
const words = (...parts: readonly (string | false | undefined)[]): { about?: string } => {
  const about = parts.filter(Boolean).join(', ');
  return about === '' ? {} : { about };
};
const off = (isActive: boolean | undefined): { obstacle?: string } =>
  isActive === false ? { obstacle: say`off` } : {};

const machines: Reader = ({ host, domain }) =>
  host.guest(domain)?.machines.map(({ name, aliasOf, isDeprecated }) => ({
    value: name,
    ...words(aliasOf && say`now ${aliasOf}`, isDeprecated && say`deprecated`),
  }));

const cpuModels: Reader = ({ host, domain }) => {
  const emulator = host.program(domain);
  return emulator?.cpuModels?.map(({ name, vendor, isUsable, isDeprecated }) => {
    const blockers = isUsable === false ? blockersOf(emulator, name) : undefined;
    const obstacle = blockers ? say`not usable, blocked by ${blockers.slice(0, 6).join(', ')}` : say`not usable`;
    return { value: name, ...words(vendor, isDeprecated && say`deprecated`), ...(isUsable === false && { obstacle }) };
  });
};

const cpuFeatures: Reader = ({ host, domain }) => {
  const emulator = host.program(domain);
  return plain(emulator && hostFeatures(emulator));
};

const networks: Reader = ({ host }) =>
  host.facts.networks?.map(({ name, isActive, forward, bridge }) => ({
    value: name,
    ...words(forward ?? say`isolated`, bridge),
    ...off(isActive),
  }));

const portgroups: Reader = ({ host, element }) => {
  const network = host.networks?.get(attributeValue(element, 'network') ?? '');
  return network && plain(network.portgroups ?? []);
};

const pools: Reader = ({ host }) =>
  host.facts.pools?.map(({ name, type, path, isActive }) => ({ value: name, ...words(type, path), ...off(isActive) }));

const volumes: Reader = ({ host, element }) =>
  host.pools
    ?.get(attributeValue(element, 'pool') ?? '')
    ?.volumes?.map(({ name, format }) => ({ value: name, ...words(format) }));

const images: Reader = ({ host }) =>
  host.facts.pools?.flatMap(({ name: pool, volumes: all = [] }) =>
    all.map(({ path, format }) => ({ value: path, ...words(format, say`pool ${pool}`) })),
  );

const secretsBy =
  (key: 'uuid' | 'usage'): Reader =>
  ({ host }) =>
    host.facts.secrets?.flatMap(({ uuid, usage, usageType }) => {
      const value = key === 'uuid' ? uuid : usage;
      return value === undefined ? [] : [{ value, ...words(usageType, key === 'uuid' && usage) }];
    });

const nodes: Reader = ({ host }) =>
  host.facts.nodes?.map(({ id, memory }) => ({
    value: String(id),
    ...words(memory !== undefined && formatSize(Math.round(memory / KIBIBYTE) * KIBIBYTE * KIBIBYTE)),
  }));

/** Values of a property of a device, as the emulator tells them. */
const ofEmulator =
  (values: string): Reader =>
  ({ host, domain }) =>
    plain(host.program(domain)?.values?.[values]);

/** By the end of the path; an attribute's name is written with an `@`, the text of an element without one. */
const kinds: Readonly<Record<string, Kind>> = {
  'os/type/@machine': { noun: phrase`machine type`, read: machines },
  'cpu/model': { noun: phrase`CPU model`, read: cpuModels },
  'cpu/feature/@name': { noun: phrase`CPU feature`, read: cpuFeatures },
  'os/@firmware': { noun: phrase`firmware`, read: ({ host, domain }) => plain(host.emulator(domain)?.firmware) },
  'os/loader': { noun: phrase`firmware`, read: ({ host, domain }) => plain(host.emulator(domain)?.loaders) },
  'interface/source/@network': { noun: phrase`network`, read: networks },
  'interface/source/@portgroup': { noun: phrase`port group`, read: portgroups },
  'interface/source/@bridge': { noun: phrase`network device`, read: ({ host }) => plain(host.interfaces) },
  'interface/source/@dev': { noun: phrase`network device`, read: ({ host }) => plain(host.interfaces) },
  'filterref/@filter': { noun: phrase`network filter`, read: ({ host }) => plain(host.facts.networkFilters) },
  'source/@pool': { noun: phrase`pool`, read: pools },
  'source/@volume': { noun: phrase`volume`, read: volumes },
  'source/@file': { noun: phrase`image`, read: images },
  'secret/@uuid': { noun: phrase`secret`, read: secretsBy('uuid') },
  'secret/@usage': { noun: phrase`secret`, read: secretsBy('usage') },
  'numatune/memory/@nodeset': { noun: phrase`NUMA node`, read: nodes },
  'numatune/memnode/@nodeset': { noun: phrase`NUMA node`, read: nodes },
  'source/address/@uuid': { noun: phrase`mediated device`, read: ({ host }) => plain(host.facts.mediatedDevices) },
  'graphics/@type': { noun: phrase`display`, read: ofEmulator('graphics/type') },
  'video/model/@type': { noun: phrase`video card`, read: ofEmulator('video/modelType') },
  'tpm/backend/@type': { noun: phrase`TPM`, read: ofEmulator('tpm/backendModel') },
  'rng/backend/@model': { noun: phrase`source of randomness`, read: ofEmulator('rng/backendModel') },
};

/** What is known at a place of the hosts that the document is for. */
export interface HostObjects {
  readonly noun: Phrase;
  /** The hosts that tell, in their order, each with what it has. */
  readonly hosts: readonly { readonly name: string; readonly objects: readonly HostObject[] }[];
}

/** @param attribute the attribute whose value is meant, or undefined for the element's text */
export function hostObjects(
  domain: Domain,
  element: XmlElement,
  attribute: string | undefined,
): HostObjects | undefined {
  if (domain.hosts.length === 0) return undefined;
  const path = [...cardPath(element).split('/'), ...(attribute === undefined ? [] : [`@${attribute}`])];
  // The longest end of the path that somebody knows.
  const kind = kinds[path.slice(-3).join('/')] ?? kinds[path.slice(-2).join('/')];
  const hosts = domain.hosts.flatMap((host) => {
    const objects = kind?.read({ host, domain, element });
    return objects ? [{ name: host.name, objects }] : [];
  });
  return kind && hosts.length > 0 ? { noun: kind.noun, hosts } : undefined;
}

/**
 * Values that a document itself suggests for a place: the next free name or number, what is defined elsewhere, a fresh address.
 * The grammar has the last word: it knows which of them fit.
 */
import { freeAddressPart } from '../domain/addressParts.ts';
import { freeTargetNames, parseTargetName, prefixOfBus } from '../domain/diskTarget.ts';
import { Domain } from '../domain/domain.ts';
import { freeNumber, numbersOf } from '../domain/freeNumbers.ts';
import { freshMac, freshUuid, type RandomByte } from '../domain/fresh.ts';
import { iothreadElements, iothreadIds } from '../domain/iothreads.ts';
import { cardPath } from '../knowledge/cardPath.ts';
import { say } from '../l10n/say.ts';
import { attributeValue } from '../xml/query.ts';
import type { XmlDocument, XmlElement } from '../xml/tree.ts';

export interface DocumentValue {
  readonly value: string;
  /** A quiet word on where it comes from. */
  readonly detail: string;
}

interface Place {
  readonly domain: Domain;
  readonly element: XmlElement;
  readonly random: RandomByte;
}

type Reader = (place: Place) => readonly DocumentValue[];

const values = (detail: string, all: Iterable<string | number>): DocumentValue[] =>
  [...all].map((value) => ({ value: String(value), detail }));
const others = (all: readonly XmlElement[], element: XmlElement) => all.filter((one) => one !== element);

const cellIds: Reader = ({ domain }) =>
  values(
    say`NUMA cell`,
    domain.numaCells.map((cell, at) => attributeValue(cell, 'id') ?? at),
  );
const definedIothreads: Reader = ({ domain }) =>
  values(
    'IOThread',
    [...(iothreadIds(domain) ?? [])].sort((a, b) => a - b),
  );
const definedAudio: Reader = ({ domain }) => values(say`audio backend`, numbersOf(domain.devices('audio'), 'id'));
const freshUuids: Reader = ({ random }) => values('fresh', [freshUuid(random)]);
const addressPart =
  (part: string): Reader =>
  ({ domain, element }) =>
    values(say`next free`, freeAddressPart(domain, element, part));

/** The next number that no element of a name has in an attribute. */
const next =
  (attribute: string, least: number, all: (place: Place) => readonly XmlElement[]): Reader =>
  (place) =>
    values(say`next free`, [freeNumber(numbersOf(others(all(place), place.element), attribute), least)]);

/** What the same attribute of the same element says elsewhere in the document. */
const sameElsewhere =
  (attribute: string): Reader =>
  ({ domain, element }) => {
    const told = others(domain.elements(element.name), element).flatMap((one) => attributeValue(one, attribute) ?? []);
    return values(say`used here`, new Set(told));
  };

/** By the end of the path; an attribute's name is written with an `@`, the text of an element without one. */
const readers: Readonly<Record<string, Reader>> = {
  'domain/uuid': freshUuids,
  'domain/genid': freshUuids,
  'mac/@address': ({ random }) => values('fresh', [freshMac(random)]),
  'disk/target/@dev': targetNames,
  'controller/@index': next('index', 0, ({ domain, element }) =>
    domain.devices('controller').filter((one) => attributeValue(one, 'type') === attributeValue(element, 'type')),
  ),
  'controller/target/@chassis': next('chassis', 1, ({ domain }) => domain.elements('target')),
  'boot/@order': next('order', 1, ({ domain }) => domain.elements('boot')),
  'iothreadids/iothread/@id': next('id', 1, ({ domain }) => iothreadElements(domain)),
  'driver/@iothread': definedIothreads,
  'driver/iothreads/iothread/@id': definedIothreads,
  'iothreadpin/@iothread': definedIothreads,
  'iothreadsched/@iothreads': definedIothreads,
  'vcpupin/@vcpu': next('vcpu', 0, ({ domain }) => domain.elements('vcpupin')),
  'numa/cell/@id': next('id', 0, ({ domain }) => domain.numaCells),
  'memnode/@cellid': cellIds,
  'sibling/@id': cellIds,
  'memory/target/node': cellIds,
  'devices/audio/@id': next('id', 1, ({ domain }) => domain.devices('audio')),
  'sound/audio/@id': definedAudio,
  'graphics/audio/@id': definedAudio,
  'teaming/@persistent': ({ domain }) =>
    values(
      'alias',
      domain
        .elements('alias')
        .flatMap((alias) => (alias.parent?.name === 'interface' ? (attributeValue(alias, 'name') ?? []) : [])),
    ),
  'address/@bus': addressPart('bus'),
  'address/@slot': addressPart('slot'),
  'address/@controller': addressPart('controller'),
  'address/@unit': addressPart('unit'),
  'address/@port': addressPart('port'),
  'source/@network': sameElsewhere('network'),
  'source/@bridge': sameElsewhere('bridge'),
  'source/@pool': sameElsewhere('pool'),
  'secret/@uuid': sameElsewhere('uuid'),
};

/** The domain that an element belongs to: that of the innermost `domain` around it. */
export function domainAround(document: XmlDocument, element: XmlElement): Domain {
  let root = element;
  for (let at: XmlElement | null = element; at && root.name !== 'domain'; at = at.parent) root = at;
  return new Domain(document, root);
}

/** @param attribute the attribute whose value is wanted, or undefined for the element's text */
export function documentValues(
  domain: Domain,
  element: XmlElement,
  attribute: string | undefined,
  random: RandomByte,
): readonly DocumentValue[] {
  const path = cardPath(element).split('/');
  if (attribute !== undefined) path.push(`@${attribute}`);
  // The longest end of the path that somebody knows.
  for (const length of [3, 2]) {
    const reader = readers[path.slice(-length).join('/')];
    if (reader) return reader({ domain, element, random });
  }
  return [];
}

/** The next free name of the bus; where no bus is written, those of the two that people choose. */
function targetNames({ domain, element }: Place): DocumentValue[] {
  const bus = attributeValue(element, 'bus');
  const prefix = bus === undefined ? undefined : prefixOfBus(bus);
  const prefixes = bus === undefined ? ['vd', 'sd'] : [prefix ?? 'vd'];
  const taken = new Set(
    domain.disks.flatMap(({ target, element: disk }) =>
      target && disk !== element.parent && parseTargetName(target) ? target : [],
    ),
  );
  return values(
    say`next free`,
    prefixes.map((one) => freeTargetNames(one, taken).next().value),
  );
}

/** What hosts have, in words: behind a value in a completion list, and below what a hover explains. */
import type { Domain } from '../domain/domain.ts';
import { say } from '../l10n/say.ts';
import type { XmlElement } from '../xml/tree.ts';
import type { DocumentValue } from './documentValues.ts';
import { type HostObject, type HostObjects, hostObjects } from './hostObjects.ts';

/** The values that the document's hosts have for a place: what all of them can use before what some cannot. */
export function hostValues(
  domain: Domain,
  element: XmlElement,
  attribute: string | undefined,
): readonly DocumentValue[] {
  const known = hostObjects(domain, element, attribute);
  if (!known) return [];
  const values = [...new Set(known.hosts.flatMap(({ objects }) => objects.map(({ value }) => value)))];
  const rated = values.map((value) => ({ value, detail: detailOf(value, known), uses: usableOn(value, known) }));
  return rated.sort((a, b) => b.uses - a.uses).map(({ value, detail }) => ({ value, detail }));
}

/** On how many hosts. */
function usableOn(value: string, { hosts }: HostObjects): number {
  return hosts.filter(({ objects }) => objects.some((one) => one.value === value && one.obstacle === undefined)).length;
}

function detailOf(value: string, { noun, hosts }: HostObjects): string {
  const having = hosts.flatMap(({ name, objects }) => {
    const object = objects.find((one) => one.value === value);
    return object ? [{ name, object }] : [];
  });
  const isEverywhere = having.length === hosts.length && hosts.length > 1;
  const [first] = having;
  const about = having.length === 1 && first ? aboutOf(first.object) : '';
  const place = isEverywhere ? allOf(hosts.length) : namesOf(having);
  return say`${noun} on ${place}` + inBrackets(about);
}

function aboutOf({ about, obstacle }: HostObject): string {
  return [about, obstacle].filter(Boolean).join(', ');
}

function inBrackets(about: string): string {
  return about === '' ? '' : ` (${about})`;
}

function allOf(hosts: number): string {
  return hosts === 2 ? say`both hosts` : say`all ${hosts} hosts`;
}

function namesOf(hosts: readonly { readonly name: string }[]): string {
  return hosts.map(({ name }) => name).join(', ');
}

/** Says where a value is and where it is not; undefined where no host tells. */
export function onHosts(
  domain: Domain,
  element: XmlElement,
  attribute: string | undefined,
  value: string,
): string | undefined {
  const known = hostObjects(domain, element, attribute);
  if (!known || value === '') return undefined;
  const { hosts, noun } = known;
  const found = hosts.map(({ name, objects }) => ({
    name: `\`${name}\``,
    object: objects.find((one) => one.value === value),
  }));
  const usable = found.filter(({ object }) => object && object.obstacle === undefined);
  const lacking = found.filter(({ object }) => object === undefined);
  const several = hosts.length > 1;
  const parts = [
    ...(usable.length > 0 ? [placeOf(usable, several && usable.length === hosts.length)] : []),
    ...found.flatMap(({ name, object }) => (object?.obstacle ? [say`on ${name}: ${object.obstacle}`] : [])),
    ...(lacking.length > 0
      ? [several && lacking.length === hosts.length ? say`not on any host` : say`not on ${namesOf(lacking)}`]
      : []),
  ];
  return say`**This ${noun}:** ${parts.join('; ')}.`;
}

/** What it is there is told where it is the same everywhere. */
function placeOf(
  usable: readonly { readonly name: string; readonly object: HostObject | undefined }[],
  isEverywhere: boolean,
): string {
  const [about = '', ...others] = new Set(usable.map(({ object }) => object?.about ?? ''));
  const place = isEverywhere ? allOf(usable.length) : namesOf(usable);
  return say`on ${place}` + inBrackets(others.length === 0 ? about : '');
}

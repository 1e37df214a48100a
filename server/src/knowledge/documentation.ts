/** What elements and attributes of a domain do: the texts of `elements/`, found by place. */
import files from 'folder:./elements/**/*.md';
import chinese from 'folder:./elements/**/*.zh-cn.md';
import { type Language, spokenLanguage } from '../l10n/languages.ts';
import { translatedPage } from '../l10n/translatedPage.ts';
import { type Documentation, type ElementEntry, readDocumentation, type Section } from './documentationFile.ts';
import { exactness, match, type PathPattern } from './pathPattern.ts';
import type { Place } from './place.ts';

interface Heading {
  readonly pattern: PathPattern;
  readonly section: Section;
  readonly exactness: number;
}

/** A translation has every heading and key of the English file, and its own sentences. */
const translations: Readonly<Partial<Record<Language, typeof files>>> = { 'zh-cn': chinese };

let known: { readonly language: Language; readonly byLastStep: ReadonlyMap<string, readonly Heading[]> } | undefined;

/** Every heading, by the name of the element that it is about; the most exact first. */
function headings(): ReadonlyMap<string, readonly Heading[]> {
  const language = spokenLanguage();
  if (known?.language === language) return known.byLastStep;
  const all = allSections().flatMap((section) =>
    section.patterns.map((pattern) => ({ pattern, section, exactness: exactness(pattern) })),
  );
  const sorted = new Map<string, Heading[]>();
  for (const heading of all.sort((a, b) => b.exactness - a.exactness)) {
    const name = heading.pattern.at(-1)?.name ?? '';
    const same = sorted.get(name);
    if (same) same.push(heading);
    else sorted.set(name, [heading]);
  }
  known = { language, byLastStep: sorted };
  return sorted;
}

/** The entries of all files, in their order. */
export function allSections(): Section[] {
  const language = spokenLanguage();
  const translated = translations[language]?.();
  return Object.entries(files()).flatMap(([file, text]) =>
    readDocumentation(file, translatedPage(text, translated?.[file.replace(/md$/, `${language}.md`)])),
  );
}

/** The patterns that may be about an element at a place, the most exact first. */
export function headingsFor(places: readonly Place[]): Heading[] {
  const own = headings().get(places.at(-1)?.name ?? '') ?? [];
  const any = headings().get('*') ?? [];
  const all = any.length === 0 ? own : [...own, ...any].sort((a, b) => b.exactness - a.exactness);
  return all.filter(({ pattern }) => match(pattern, places));
}

/**
 * The entries about an element, the most exact first. Those that fit only if an attribute that is not written has the right
 * value come last, and only the best of them.
 */
function entriesFor(places: readonly Place[]): ElementEntry[] {
  const doubtful: { section: Section; doubts: number }[] = [];
  const certain: Section[] = [];
  for (const { pattern, section } of headingsFor(places)) {
    const doubts = match(pattern, places)?.length ?? 0;
    if (doubts === 0) certain.push(section);
    else doubtful.push({ section, doubts });
  }
  const [best] = doubtful.sort((a, b) => a.doubts - b.doubts);
  return [...certain, ...(best ? [best.section] : [])].map(({ entry }) => entry());
}

export interface Found<Kind extends Documentation> {
  readonly documentation: Kind;
  /** libvirt's page about it. */
  readonly link: string | undefined;
}

export function elementDocumentation(places: readonly Place[]): Found<ElementEntry> | undefined {
  const entry = entriesFor(places).find(({ text }) => text !== '');
  return entry && { documentation: entry, link: entry.link };
}

/** All that is told of the attributes, values and text of an element, by its own entry and by those of all its kind. */
export function documentedParts(places: readonly Place[]): ReadonlyMap<string, Documentation> {
  const here = places.at(-1);
  const all = new Map<string, Documentation>();
  for (const { parts } of entriesFor(places))
    for (const [part, documentation] of parts) {
      const [, attribute, value] = /^@([^=]+)='(.*)'$/.exec(part) ?? [];
      const values = attribute === undefined ? undefined : here?.values(attribute);
      const isPossible = value === undefined || values === undefined || values.includes(value);
      if (isPossible && !all.has(part)) all.set(part, documentation);
    }
  return all;
}

/** @param part `@name` of an attribute, `@name='value'` of a value, `text` of what stands between the tags */
export function partDocumentation(places: readonly Place[], part: string): Found<Documentation> | undefined {
  for (const { parts, link } of entriesFor(places)) {
    const documentation = parts.get(part);
    if (documentation) return { documentation, link };
  }
  return undefined;
}

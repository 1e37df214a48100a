/** The translations of what is said, `l10n/<language>/<room>.json`, and of the manifest: held against the English texts. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../root.ts';
import { differences } from './compare.ts';
import { gatherTexts, type PlacedText, roomOf } from './sources.ts';

/** What several rooms say. */
export const COMMON = 'common';

export interface Translation {
  readonly room: string;
  readonly key: string;
  readonly text: string;
}

/** A text of the sources: where it is said, and the places that only make English agree. */
export interface WantedText {
  readonly key: string;
  readonly rooms: ReadonlySet<string>;
  readonly agreements: ReadonlySet<string>;
}

/** What is said anywhere, once each, in the order of the sources. */
export function wantedTexts(texts: readonly PlacedText[] = gatherTexts().texts): ReadonlyMap<string, WantedText> {
  const wanted = new Map<string, WantedText>();
  for (const { key, file, agreements } of texts) {
    const known = wanted.get(key);
    wanted.set(key, {
      key,
      rooms: new Set([...(known?.rooms ?? []), roomOf(file)]),
      agreements: new Set([...(known?.agreements ?? []), ...[...agreements].map((index) => `{${index}}`)]),
    });
  }
  return wanted;
}

export function translationsOf(language: string): Translation[] {
  const folder = path.join(ROOT, 'l10n', language);
  return globSync('**/*.json', { cwd: folder })
    .sort()
    .flatMap((file) => {
      const room = file
        .split(path.sep)
        .join('/')
        .replace(/\.json$/, '');
      return Object.entries(readTexts(path.join(folder, file))).map(([key, text]) => ({ room, key, text }));
    });
}

/** Texts that nobody has translated yet. */
export function untranslated(language: string): WantedText[] {
  const known = new Set(translationsOf(language).map(({ key }) => key));
  return [...wantedTexts().values()].filter(({ key }) => !known.has(key));
}

/** One line for each entry that is wrong: dead, twice there, or not the same as the English text. */
export function wrongTranslations(language: string): string[] {
  const wanted = wantedTexts();
  const seen = new Set<string>();
  return translationsOf(language).flatMap(({ room, key, text }) => {
    const place = `l10n/${language}/${room}.json: ${JSON.stringify(key)}`;
    if (seen.has(key)) return [`${place} is translated twice`];
    seen.add(key);
    const english = wanted.get(key);
    if (!english) return [`${place} is said nowhere`];
    if (text.trim() === '' && key.trim() !== '') return [`${place} has no translation`];
    return differences(key, text, english.agreements).map((difference) => `${place} ${difference}`);
  });
}

/** One line for each key of the manifest that is used and not told, told and not used, or not the same in both languages. */
export function manifestFaults(language: string): string[] {
  const english = readTexts(path.join(ROOT, 'package.nls.json'));
  const file = path.join(ROOT, `package.nls.${language}.json`);
  const translated = existsSync(file) ? readTexts(file) : {};
  const used = new Set(
    [...readFileSync(path.join(ROOT, 'package.json'), 'utf8').matchAll(/"%([^%"]+)%"/g)].map(([, key = '']) => key),
  );
  return [
    ...[...used].filter((key) => !(key in english)).map((key) => `package.nls.json lacks ${key}`),
    ...Object.keys(english)
      .filter((key) => !used.has(key))
      .map((key) => `package.nls.json: ${key} is used nowhere`),
    ...Object.keys(translated)
      .filter((key) => !(key in english))
      .map((key) => `package.nls.${language}.json: ${key} is used nowhere`),
    ...Object.entries(english).flatMap(([key, text]) => {
      const translation = translated[key];
      if (translation === undefined) return [`package.nls.${language}.json lacks ${key}`];
      const links = (one: string) => [...one.matchAll(/\(command:[^)]*\)/g)].join();
      return [
        ...differences(text, translation),
        ...(links(text) === links(translation) ? [] : ['has other commands']),
      ].map((difference) => `package.nls.${language}.json: ${key} ${difference}`);
    }),
  ];
}

function readTexts(file: string): Readonly<Record<string, string>> {
  const given: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof given !== 'object' || given === null) throw new Error(`${file} holds no object`);
  return Object.fromEntries(Object.entries(given).map(([key, text]) => [key, String(text)]));
}

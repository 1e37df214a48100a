/**
 * Trade-off cards: one Markdown file each in `cards/<area>/`, with what it is about in its head.
 *
 *     ---
 *     path: domain/devices/disk/driver/@cache
 *     title: Disk cache mode
 *     since: 0.6.0
 *     effect: at the next cold start of the guest
 *     source: libvirt documentation, formatdomain, "Hard drives, floppy disks, CDROMs"
 *     ---
 *     The text: a short table of the choices, numbers with their source, when to choose which.
 *
 * A translation, `cache.zh-cn.md` beside `cache.md`, has `title` and `effect` in its head, and the text.
 *
 * A path names an element (`domain/memoryBacking/nosharepages`), an attribute (`…/@mode`) or one value (`…/@mode='host-model'`).
 */
import files from 'folder:./cards/**/*.md';
import chinese from 'folder:./cards/**/*.zh-cn.md';
import { type Language, spokenLanguage } from '../l10n/languages.ts';
import { say } from '../l10n/say.ts';
import { translatedPage } from '../l10n/translatedPage.ts';

export interface Card {
  readonly path: string;
  readonly title: string;
  /** libvirt release that brought it, or undefined for what has always been there. */
  readonly since: string | undefined;
  /** When a change of it takes effect; undefined for a value, which has its attribute's. */
  readonly effect: string | undefined;
  readonly sources: readonly string[];
  readonly markdown: string;
}

const translations: Readonly<Partial<Record<Language, typeof files>>> = { 'zh-cn': chinese };
let cards: { readonly language: Language; readonly byPath: ReadonlyMap<string, Card> } | undefined;

/** Every card, by its path. */
export function allCards(): ReadonlyMap<string, Card> {
  const language = spokenLanguage();
  if (cards?.language !== language) cards = { language, byPath: readCards(language) };
  return cards.byPath;
}

function readCards(language: Language): ReadonlyMap<string, Card> {
  const translated = translations[language]?.();
  const all = Object.entries(files()).map(([file, text]) =>
    readCard(file, text, translated?.[file.replace(/md$/, `${language}.md`)]),
  );
  return new Map(all.map((card) => [card.path, card]));
}

export function cardFor(path: string): Card | undefined {
  return allCards().get(path);
}

/** Reads one card. Throws where the head lacks a path or title: a fault of ours that a test finds. */
export function readCard(file: string, text: string, translation?: string): Card {
  const { told, body: english } = partsOf(text);
  const translated = translation === undefined ? undefined : partsOf(translation);
  const [path] = told('path');
  const [title] = told('title');
  if (path === undefined || title === undefined) throw new Error(`card ${file}: the head needs path and title`);
  const effect = translated?.told('effect')[0] ?? told('effect')[0];
  const body = translatedPage(english, translated?.body);
  return {
    path,
    title: translated?.told('title')[0] ?? title,
    since: told('since')[0],
    effect,
    sources: told('source'),
    markdown: effect === undefined ? body : `${body}\n\n${say`**Takes effect** ${effect}.`}`,
  };
}

/** Head and text of a card's file. */
function partsOf(text: string) {
  const [, head = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  const lines = head.split('\n').map((line) => /^(\w+): (.+)$/.exec(line));
  const told = (key: string): string[] =>
    lines.flatMap((line) => (line?.[1] === key && line[2] ? [line[2].trim()] : []));
  return { told, body: body.trim() };
}

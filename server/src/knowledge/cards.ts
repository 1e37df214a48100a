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
 * A path names an element (`domain/memoryBacking/nosharepages`), an attribute (`…/@mode`) or one value (`…/@mode='host-model'`).
 */
import files from 'folder:./cards/**/*.md';
import { say } from '../l10n/say.ts';

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

let cards: ReadonlyMap<string, Card> | undefined;

/** Every card, by its path. */
export function allCards(): ReadonlyMap<string, Card> {
  cards ??= new Map(
    Object.entries(files())
      .map(([file, text]) => readCard(file, text))
      .map((card) => [card.path, card]),
  );
  return cards;
}

export function cardFor(path: string): Card | undefined {
  return allCards().get(path);
}

/** Reads one card. Throws where the head lacks a path or title: a fault of ours that a test finds. */
export function readCard(file: string, text: string): Card {
  const parts = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text);
  const head = (parts?.[1] ?? '').split('\n').map((line) => /^(\w+): (.+)$/.exec(line));
  const told = (key: string): string[] =>
    head.flatMap((line) => (line?.[1] === key && line[2] ? [line[2].trim()] : []));
  const [path] = told('path');
  const [title] = told('title');
  if (path === undefined || title === undefined) throw new Error(`card ${file}: the head needs path and title`);
  const [effect] = told('effect');
  const body = (parts?.[2] ?? '').trim();
  return {
    path,
    title,
    since: told('since')[0],
    effect,
    sources: told('source'),
    markdown: effect === undefined ? body : `${body}\n\n${say`**Takes effect** ${effect}.`}`,
  };
}

/**
 * Snippets: whole devices, settings and documents, one file each in `snippets/<place>/<name>.xml`. The folder is the element that
 * they stand in, `documents` for those that are a document. A comment at the head says what it is, in words for people:
 *
 *     <!--
 *     title: Disk: qcow2 image
 *     about: A thin image that gives freed blocks back to the host.
 *     needs: domain/iothreads
 *     title.zh-cn: …
 *     about.zh-cn: …
 *     -->
 *
 * `needs` names other snippets, or what does the same, without which this one is of no use. Below the head stands XML whose values may be places to fill in,
 * written as LSP has them: `${1:guest}`, `${2|qcow2,raw|}`.
 */
import files from 'folder:../../../snippets/*/*.xml';
import { spokenLanguage } from '../l10n/languages.ts';

export interface Snippet {
  /** What is typed for it: `disk-qcow2`. */
  readonly name: string;
  /** The element that it stands in, or `documents`. */
  readonly place: string;
  readonly title: string;
  readonly about: string;
  /** Places and names of others: `domain/iothreads`. */
  readonly needs: readonly string[];
  /** XML with places to fill in, without a line break at its end. */
  readonly body: string;
}

/** A place to fill in: its number, and what stands there at first or the words to choose from. */
const PLACE_TO_FILL = /\$\{(\d+)(?::([^}]*)|\|([^|]*)\|)\}/g;

let snippets: readonly Snippet[] | undefined;

/** Every snippet, by place and name. */
export function allSnippets(): readonly Snippet[] {
  snippets ??= Object.entries(files()).map(([file, text]) => readSnippet(file, text));
  return snippets;
}

/** Reads one file. Throws where the head lacks title or about: a fault of ours that a test finds. */
export function readSnippet(file: string, text: string, language: string = spokenLanguage()): Snippet {
  const [, place = '', name = ''] = /([^/]+)\/([^/]+)\.xml$/.exec(file) ?? [];
  const [, head = '', body = ''] = /^<!--\n([\s\S]*?)\n-->\n([\s\S]*)$/.exec(text) ?? [];
  const told = new Map(head.split('\n').map((line) => splitAt(line, ': ')));
  if (!told.has('title') || !told.has('about')) throw new Error(`snippet ${file}: the head needs title and about`);
  const said = (key: string): string => told.get(`${key}.${language}`) ?? told.get(key) ?? '';
  return {
    name,
    place,
    title: said('title'),
    about: said('about'),
    needs: told.get('needs')?.split(', ') ?? [],
    body: body.trimEnd(),
  };
}

/** What an editor inserts when every place is left as it is. @param option which word of a choice, from 0; the first where there are fewer */
export function plainText({ body }: Pick<Snippet, 'body'>, option = 0): string {
  const chosen = new Map<string, string>();
  return body.replace(PLACE_TO_FILL, (_, number: string, text: string | undefined, words = '') => {
    const options = String(words).split(',');
    const value = chosen.get(number) ?? text ?? options[option] ?? options[0] ?? '';
    chosen.set(number, value);
    return value;
  });
}

/** The body with other texts in its places, by their numbers; places of the same number stay the same. */
export function refilled(body: string, texts: ReadonlyMap<string, string>): string {
  return body.replace(PLACE_TO_FILL, (whole, number: string) => {
    const text = texts.get(number);
    return text === undefined ? whole : `\${${number}:${text.replace(/[\\$}]/g, '\\$&')}}`;
  });
}

function splitAt(line: string, mark: string): [string, string] {
  const at = line.indexOf(mark);
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + mark.length)];
}

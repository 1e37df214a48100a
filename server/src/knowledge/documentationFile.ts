/**
 * One file of `elements/`: what the elements and attributes of one subject do.
 *
 *     # Disks: where the data are
 *     link: https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms
 *
 *     ## domain/devices/disk[@type='file']/source , domain/devices/disk/mirror[@type='file']/source
 *     since: 0.0.3
 *     The image file on the host.
 *     - @file: Absolute path of the image. {since: 0.0.3}
 *     - @startupPolicy: What happens when the file is missing. {default: mandatory}
 *     - @startupPolicy='optional': The disk is left out.
 *     - text: What stands between the tags. {unit: KiB}
 *
 * A heading holds one or more patterns of paths (pathPattern.ts); below it may stand `since:`, `default:`, `unit:` and `link:`.
 */
import { type PathPattern, readPatterns } from './pathPattern.ts';

/** What is said of an element, an attribute, a value or a text. */
export interface Documentation {
  /** Markdown, one or two sentences. */
  readonly text: string;
  /** What holds where nothing is written. */
  readonly default: string | undefined;
  readonly unit: string | undefined;
  /** The libvirt release that brought it, such as `9.5.0`. */
  readonly since: string | undefined;
}

export interface ElementEntry extends Documentation {
  readonly file: string;
  /** libvirt's page about it. */
  readonly link: string | undefined;
  /** By `@name` of an attribute, `@name='value'` of a value, `text` of what stands between the tags. */
  readonly parts: ReadonlyMap<string, Documentation>;
}

/** An entry whose text is read when it is asked for. */
export interface Section {
  readonly patterns: readonly PathPattern[];
  readonly entry: () => ElementEntry;
}

const META = /^(since|default|unit|link): (.+)$/;
const PART = /^- ((?:text|@[^ ]+?)(?:, @[^ ]+?)*): (.+)$/s;
const TAIL = /^(.*?)\s*\{((?:since|default|unit): [^{}]+)\}$/s;

/** The entries of a file. Throws where it is not well-formed: a fault of ours that a test finds. */
export function readDocumentation(file: string, text: string): Section[] {
  const [head = '', ...sections] = text.split(/^## /m);
  const link = metaOf(head.split('\n').slice(1)).get('link');
  return sections.map((section) => {
    const end = section.indexOf('\n');
    const [heading, body] = end < 0 ? [section, ''] : [section.slice(0, end), section.slice(end + 1)];
    let read: ElementEntry | undefined;
    return {
      patterns: readPatterns(heading),
      entry: () => {
        read ??= readEntry(file, heading, body, link);
        return read;
      },
    };
  });
}

function readEntry(file: string, heading: string, body: string, fileLink: string | undefined): ElementEntry {
  const lines = body.split('\n');
  const afterMeta = lines.findIndex((line) => !META.test(line));
  const meta = metaOf(lines);
  const [text = '', ...bullets] = (afterMeta < 0 ? '' : lines.slice(afterMeta).join('\n')).split(/^(?=- )/m);
  const hasText = !text.startsWith('- ');
  const parts = new Map<string, Documentation>();
  for (const bullet of hasText ? bullets : [text, ...bullets])
    for (const [key, part] of readParts(bullet, `${file}: ${heading}`)) {
      if (parts.has(key)) throw new Error(`${file}: ${heading}: ${key} is told twice`);
      parts.set(key, part);
    }
  return {
    file,
    text: hasText ? text.trim() : '',
    default: meta.get('default'),
    unit: meta.get('unit'),
    since: meta.get('since'),
    link: meta.get('link') ?? fileLink,
    parts,
  };
}

/** The lines `key: value` that a text begins with. */
function metaOf(lines: readonly string[]): ReadonlyMap<string, string> {
  const meta = new Map<string, string>();
  for (const line of lines) {
    const [, key, value] = META.exec(line) ?? [];
    if (key === undefined || value === undefined) break;
    meta.set(key, value.trim());
  }
  return meta;
}

/** `- @name: text {default: x; unit: y; since: z}`; several names with a comma between them have one text. */
function readParts(bullet: string, where: string): [string, Documentation][] {
  const [, keys, all] = PART.exec(bullet.trim()) ?? [];
  if (keys === undefined || all === undefined) throw new Error(`${where}: not about an attribute: ${bullet}`);
  const [, text = all, tail = ''] = TAIL.exec(all) ?? [];
  const told = new Map(
    tail.split(';').flatMap((one) => {
      const [, key, value] = /^\s*(\w+): (.+?)\s*$/.exec(one) ?? [];
      return key !== undefined && value !== undefined ? [[key, value] as const] : [];
    }),
  );
  const documentation = {
    text: text.replace(/\s*\n\s*/g, ' ').trim(),
    default: told.get('default'),
    unit: told.get('unit'),
    since: told.get('since'),
  };
  return keys.split(', ').flatMap((key) => valuesOf(key).map((one): [string, Documentation] => [one, documentation]));
}

/** `@name='a'|'b'` stands for two values. */
function valuesOf(key: string): string[] {
  const [, name, values] = /^(@[^=]+)=(.+)$/.exec(key) ?? [];
  if (name === undefined || values === undefined) return [key];
  return [...values.matchAll(/'([^']*)'/g)].map(([, value]) => `${name}='${value}'`);
}

/** Paths of files that a document names: of the host's files, such as a kernel, an image or firmware. */
import { descendants, textOf, textSpan, valueSpan } from '../xml/query.ts';
import type { Span, XmlDocument } from '../xml/tree.ts';

export interface PathLink extends Span {
  readonly path: string;
}

/** Elements whose text is a path, as `parent/name`. */
const TEXTS: ReadonlySet<string> = new Set([
  'os/kernel',
  'os/initrd',
  'os/dtb',
  'os/shim',
  'os/loader',
  'os/nvram',
  'acpi/table',
  'devices/emulator',
  'source/path',
  'target/path',
]);

/** Attributes that hold a path, as `element/@name`. */
const ATTRIBUTES: ReadonlySet<string> = new Set([
  'source/@file',
  'source/@path',
  'nvram/@template',
  'rom/@file',
  'log/@file',
  'memory/@file',
  'scratch/@file',
  'target/@file',
]);

/** Absolute paths only: to what others relate is the host's affair. */
export function documentLinks({ root }: XmlDocument): PathLink[] {
  if (!root) return [];
  const links: PathLink[] = [];
  for (const element of descendants(root)) {
    for (const at of element.attributes)
      if (ATTRIBUTES.has(`${element.name}/@${at.name}`)) add(links, at.value.trim(), valueSpan(at));
    if (TEXTS.has(`${element.parent?.name}/${element.name}`)) add(links, textOf(element), textSpan(element));
  }
  return links;
}

/** Devices below /dev are no files that anybody opens. */
function add(links: PathLink[], path: string, { start, end }: Span): void {
  if (/^\/[^\0\n]*[^/\0\n]$/.test(path) && !path.startsWith('/dev/')) links.push({ start, end, path });
}

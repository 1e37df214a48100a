/** Mentions with their places in LSP's terms, in open documents and in the other files of the workspace. */
import type { Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { kinds } from '../../domain/references/kinds.ts';
import { sitesOf } from '../../domain/references/read.ts';
import { type Entity, isOf, type Mention, type Site } from '../../domain/references/site.ts';
import type { XmlDocument } from '../../xml/tree.ts';
import { toRange } from '../convert.ts';
import type { OpenDocument } from '../documents.ts';
import type { FileReading } from './fileReading.ts';
import type { ListedFile, WorkspaceFile } from './workspaceFiles.ts';

export interface LocatedMention extends Mention {
  readonly uri: string;
  readonly range: Range;
  /** The element that stands for what is named, or that refers to it. */
  readonly whole: Range;
}

export function locate(document: TextDocument, { element, ...mention }: Site): LocatedMention {
  return { ...mention, uri: document.uri, range: toRange(document, mention), whole: toRange(document, element) };
}

/** What a document says of things that the host has, which other documents may speak of as well. */
export function hostMentions(document: TextDocument, xml: XmlDocument): readonly LocatedMention[] {
  return sitesOf(xml)
    .filter(({ kind }) => kinds[kind].reach === 'host')
    .map((site) => locate(document, site));
}

/** What documents other than one mention. */
export function mentionsElsewhere(
  here: string,
  open: readonly OpenDocument[],
  files: readonly WorkspaceFile<FileReading>[],
): (entity: Entity) => LocatedMention[] {
  const others = open.filter(({ document }) => document.uri !== here);
  const all = [
    ...others.flatMap(({ document, xml }) => hostMentions(document, xml)),
    ...notOpen(files, [here, ...open.map(({ document }) => document.uri)]).flatMap(({ reading }) => reading.mentions),
  ];
  return (entity) => all.filter((mention) => isOf(mention, entity));
}

/** The files that an editor does not show: what it shows goes before what is on the disk. */
export function notOpen<File extends ListedFile>(files: readonly File[], open: readonly string[]): File[] {
  const shown = new Set(open.map(sameUri));
  return files.filter(({ uri }) => !shown.has(sameUri(uri)));
}

/** Editors differ in what they encode. */
function sameUri(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

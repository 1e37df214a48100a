/** What is kept of each of libvirt's files in the workspace, as long as it does not change. */
import { SymbolKind, type WorkspaceSymbol } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { workspaceSymbols } from '../../features/workspaceSymbols.ts';
import { parseXml } from '../../xml/parse.ts';
import type { XmlDocument } from '../../xml/tree.ts';
import { toRange } from '../convert.ts';
import { hostMentions, type LocatedMention } from './mentions.ts';

export interface FileReading {
  readonly mentions: readonly LocatedMention[];
  readonly symbols: readonly WorkspaceSymbol[];
}

export function readWorkspaceFile(document: TextDocument): FileReading {
  const xml = parseXml(document.getText());
  return { mentions: hostMentions(document, xml), symbols: locatedSymbols(document, xml) };
}

/** What can be gone to in a document. */
export function locatedSymbols(document: TextDocument, xml: XmlDocument): WorkspaceSymbol[] {
  return workspaceSymbols(xml).map(({ name, container, role, span }) => ({
    name,
    kind: role === 'root' ? SymbolKind.Class : SymbolKind.Object,
    ...(container !== undefined && { containerName: container }),
    location: { uri: document.uri, range: toRange(document, span) },
  }));
}

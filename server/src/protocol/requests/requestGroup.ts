/** Requests that belong together: what of them is announced, and who answers. `index.ts` lists the groups. */
import type { ClientCapabilities, CodeAction, Connection, ServerCapabilities } from 'vscode-languageserver';
import type { Entity } from '../../domain/references/site.ts';
import type { Finding } from '../../finding.ts';
import type { OpenDocument } from '../documents.ts';
import type { Log } from '../guard.ts';
import type { Settings } from '../settings.ts';
import type { FileReading } from '../workspace/fileReading.ts';
import type { LocatedMention } from '../workspace/mentions.ts';
import type { WorkspaceFile } from '../workspace/workspaceFiles.ts';
import type { XmlFeature } from '../xmlElsewhere.ts';

/** What a group may use. Getters: what they give is known, or changes, after the start. */
export interface RequestContext {
  readonly connection: Connection;
  readonly log: Log;
  /** What the client said at initialize that it can do. */
  readonly client: ClientCapabilities;
  readonly settings: Settings;
  /**
   * The open document that a request is about, or undefined where it is not one of libvirt's.
   * @param feature what others may give for plain XML as well: undefined also where they do
   */
  find(params: { readonly textDocument: { readonly uri: string } }, feature?: XmlFeature): OpenDocument | undefined;
  /** Every open document that is one of libvirt's. */
  all(): readonly OpenDocument[];
  /** The version of an open document; null of one that is not open. */
  versionOf(uri: string): number | null;
  /** The URI of a file on this machine, or undefined where there is none of this path. */
  localFile(path: string): Promise<string | undefined>;
  /** The findings of a text, as if it stood in a document. */
  check(text: string, uri: string): readonly Finding[];
  /** The client's command that shows references, if it has one. */
  readonly showReferences: string | undefined;
  /** libvirt's files in the workspace that are not open. */
  filesNotOpen(): Promise<readonly WorkspaceFile<FileReading>[]>;
  /** What documents other than this one say of things that the host has. */
  elsewhere(uri: string): Promise<(entity: Entity) => readonly LocatedMention[]>;
}

export interface RequestGroup {
  /** Its part of the server's capabilities. */
  capabilities(client: ClientCapabilities): ServerCapabilities;
  /** Registers the handlers. */
  listen(context: RequestContext): void;
  /** Actions on the whole document, by their kind (`source.…`): worked out when that kind is asked for. */
  readonly codeActions?: Readonly<Record<string, (context: RequestContext, open: OpenDocument) => CodeAction[]>>;
  /** The user has changed settings. */
  settingsChanged?(context: RequestContext): void;
}

/** What every command needs, made once by extension.ts. */
import type * as vscode from 'vscode';
import type { DefineMarks } from './commands/domain/defineMarks.ts';
import type { Connections } from './connections/connections.ts';
import type { MemoryDocuments } from './documents/memoryDocuments.ts';
import type { Hosts } from './hosts/hosts.ts';
import type { Language } from './language.ts';
import type { Log } from './log.ts';
import type { HostsView } from './tree/hostsView.ts';

export interface ClientContext {
  readonly extension: vscode.ExtensionContext;
  readonly log: Log;
  readonly language: Language;
  readonly connections: Connections;
  /** What is known of the hosts; `refresh` after a command has changed something there. */
  readonly hosts: Hosts;
  readonly hostsView: HostsView;
  /** Read-only documents that show something: a plan, the definition on a host. */
  readonly documents: MemoryDocuments;
  /** What libvirt made of a file, marked in it. */
  readonly marks: DefineMarks;
}

/** What every command needs, made once by extension.ts. */
import type * as vscode from 'vscode';
import type { AuditTrail } from '../../virsh/src/index.ts';
import type { DefineMarks } from './commands/domain/defineMarks.ts';
import type { Connections } from './connections/connections.ts';
import type { Bindings } from './documents/bindings.ts';
import type { History } from './documents/history.ts';
import type { HostDocuments } from './documents/hostDocuments.ts';
import type { MemoryDocuments } from './documents/memoryDocuments.ts';
import type { Hosts } from './hosts/hosts.ts';
import type { Language } from './language.ts';
import type { Log } from './log.ts';
import type { HostsView } from './tree/hostsView.ts';

export interface ClientContext {
  readonly extension: vscode.ExtensionContext;
  readonly log: Log;
  /** Every command that changed something. */
  readonly audit: AuditTrail;
  readonly language: Language;
  readonly connections: Connections;
  /** What is known of the hosts; `refresh` after a command has changed something there. */
  readonly hosts: Hosts;
  readonly hostsView: HostsView;
  /** Read-only documents that show something: a plan, the definition on a host. */
  readonly documents: MemoryDocuments;
  /** Definitions and live XML of VMs, as documents; `refresh` after something has changed on a host. */
  readonly hostDocuments: HostDocuments;
  /** The definitions that were replaced. */
  readonly history: History;
  /** Which file belongs to which VM. */
  readonly bindings: Bindings;
  /** What libvirt made of a definition, marked in it. */
  readonly marks: DefineMarks;
}

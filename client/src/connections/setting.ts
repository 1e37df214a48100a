/** The setting `libvirt.connections` as it is written: read, and changed without touching what stands beside it. */
import * as vscode from 'vscode';
import { readConnection } from '../../../virsh/src/index.ts';

/** One entry as the user wrote it: it may be anything. */
export type Entry = Readonly<Record<string, unknown>>;

const SECTION = 'libvirt';
const KEY = 'connections';

/** What is in force. */
export function configuredConnections(): unknown {
  return vscode.workspace.getConfiguration(SECTION).get<unknown>(KEY, []);
}

/** The entry of a connection by the connection's name. */
export function findEntry(name: string): Entry | undefined {
  return entries().find((entry) => isCalled(entry, name));
}

export function addEntry(entry: Entry): Thenable<void> {
  return write([...entries(), entry]);
}

export function replaceEntry(name: string, entry: Entry): Thenable<void> {
  return write(entries().map((present) => (isCalled(present, name) ? entry : present)));
}

export function removeEntry(name: string): Thenable<void> {
  return write(entries().filter((entry) => !isCalled(entry, name)));
}

function entries(): readonly Entry[] {
  const written = configuredConnections();
  return Array.isArray(written) ? written : [];
}

function isCalled(entry: Entry, name: string): boolean {
  const read = readConnection(entry);
  return read.ok && read.value.name === name;
}

/** Where the list in force was written, so that the change takes effect; the user's own settings where there is none. */
function write(list: readonly Entry[]): Thenable<void> {
  const settings = vscode.workspace.getConfiguration(SECTION);
  const inspected = settings.inspect<unknown>(KEY);
  const { ConfigurationTarget } = vscode;
  const target =
    inspected?.workspaceFolderValue !== undefined
      ? ConfigurationTarget.WorkspaceFolder
      : inspected?.workspaceValue !== undefined
        ? ConfigurationTarget.Workspace
        : ConfigurationTarget.Global;
  return settings.update(KEY, list, target);
}

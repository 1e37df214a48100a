/** Which file of the workspace is the definition of which VM: a file is bound to the VM that was defined from it last. */
import * as vscode from 'vscode';
import { previewDefinition } from '../../../virsh/src/index.ts';

const STORED = 'libvirt.bindings';

export interface Bound {
  readonly connection: string;
  readonly uuid: string;
  readonly name: string;
}

export interface Drift {
  readonly uri: vscode.Uri;
  /** In how many ways the file says something else than the host. */
  readonly changes: number;
}

export class Bindings {
  private readonly memory: vscode.Memento;
  /** Connections by the open documents that were written for them, and are defined nowhere yet. */
  private readonly intended = new WeakMap<vscode.TextDocument, string>();

  constructor(memory: vscode.Memento) {
    this.memory = memory;
  }

  bind(uri: vscode.Uri, vm: Bound): void {
    if (uri.scheme !== 'untitled') void this.memory.update(STORED, { ...this.all(), [uri.toString()]: vm });
  }

  /** A document that is new is meant for a host. */
  intend(document: vscode.TextDocument, connection: string): void {
    this.intended.set(document, connection);
  }

  /** The connection that a document is about: of the VM that was defined from it last, or the one that it was written for. */
  connectionOf(uri: vscode.Uri): string | undefined {
    const open = openAt(uri);
    return this.vmOf(uri)?.connection ?? (open && this.intended.get(open));
  }

  /** The VM that was defined from a file last. */
  vmOf(uri: vscode.Uri): Bound | undefined {
    return this.all()[uri.toString()];
  }

  /** The files of a VM. */
  filesOf(connection: string, uuid: string): readonly vscode.Uri[] {
    return Object.entries(this.all())
      .filter(([, vm]) => vm.connection === connection && vm.uuid === uuid)
      .map(([uri]) => vscode.Uri.parse(uri));
  }

  /** How far the files of a VM are from its definition: for the mark in the tree. Files that are gone are none; asks no host. */
  async driftOf(connection: string, uuid: string, definitionXml: string): Promise<readonly Drift[]> {
    const files = this.filesOf(connection, uuid).map(async (uri): Promise<Drift[]> => {
      const text = await textOf(uri);
      return text === undefined ? [] : [{ uri, changes: previewDefinition(definitionXml, text).changes.length }];
    });
    return (await Promise.all(files)).flat().filter(({ changes }) => changes > 0);
  }

  private all(): Readonly<Record<string, Bound>> {
    return this.memory.get<Record<string, Bound>>(STORED, {});
  }
}

function openAt(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

/** As it is in the editor, else on the disk. */
async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  const open = openAt(uri);
  if (open) return open.getText();
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

/** What is sent to the host: the text as it was when the command was given. Later edits of the document go the next time. */
import * as vscode from 'vscode';
import { parseXml } from '../../../../server/src/xml/parse.ts';
import { child, textOf } from '../../../../server/src/xml/query.ts';
import {
  type DefinePlan,
  isSameValue,
  mergeDefinitions,
  planDefine,
  type Result,
  type Runner,
  type VirshFailure,
  withUuid,
} from '../../../../virsh/src/index.ts';
import { HOST_SCHEME } from '../../documents/hostUri.ts';
import { SHOWN_SCHEME } from '../../documents/memoryDocuments.ts';
import { isDomain } from '../../libvirtDocuments.ts';

export interface Draft {
  readonly document: vscode.TextDocument;
  /** The document's version with this text. */
  readonly version: number;
  readonly text: string;
  /** Where the text comes from a host. */
  readonly origin?: Origin;
}

export interface Origin {
  /** Of the VM whose document it is. */
  readonly uuid: string;
  /**
   * What the host had when the text was begun: others' changes since are merged. Where that is not known the difference must be looked at, whatever
   * the setting says.
   */
  readonly base: string | undefined;
}

/** The domain of a file, or of the active editor. Undefined where there is none that is the user's own. */
export async function readDraft(uri: vscode.Uri | undefined): Promise<Draft | undefined> {
  const document = uri ? await vscode.workspace.openTextDocument(uri) : vscode.window.activeTextEditor?.document;
  // The left side of a difference shows what the host has: to define that would replace it by itself.
  if (!document || [SHOWN_SCHEME, HOST_SCHEME].includes(document.uri.scheme) || !isDomain(document)) return undefined;
  return { document, version: document.version, text: document.getText() };
}

/** Whether the document still has the text that was sent. */
export function isUnchanged({ document, version }: Draft): boolean {
  return !document.isClosed && document.version === version;
}

export interface Intent {
  /** The text to send, with the UUID of the VM that it replaces, and with what others changed meanwhile. */
  readonly text: string;
  readonly plan: DefinePlan;
  readonly isMerged: boolean;
  /** Places where both changed the same: `text` has them marked, and is no definition. */
  readonly conflicts: number;
}

/** A text without a UUID that names an existing VM means that VM: it is sent with the VM's own UUID. */
export async function planIntent(
  runner: Runner,
  { text, origin }: Pick<Draft, 'text' | 'origin'>,
  signal: AbortSignal,
): Promise<Result<Intent, VirshFailure>> {
  const first = await planDefine(runner, text, { signal });
  if (!first.ok) return first;
  const plan = first.value;
  if (plan.action === 'conflict' && plan.by === 'name' && uuidOf(text) === '') {
    const complete = withUuid(text, plan.existing.uuid);
    const second = await planDefine(runner, complete, { signal });
    return second.ok ? { ok: true, value: merged(runner, complete, origin, second.value) } : second;
  }
  return { ok: true, value: merged(runner, text, origin, plan) };
}

function merged({ connection }: Runner, text: string, origin: Origin | undefined, plan: DefinePlan): Intent {
  const unmerged = { text, plan, isMerged: false, conflicts: 0 };
  if (plan.action !== 'replace' || !isFrom(origin, plan.existing.uuid)) return unmerged;
  const { base } = origin;
  if (base === undefined || plan.existing.xml === base) return unmerged;
  const sides = { ours: vscode.l10n.t('yours'), theirs: vscode.l10n.t('on {0}', connection.name) };
  return { ...mergeDefinitions(base, plan.existing.xml, text, sides), plan, isMerged: true };
}

/** Whether a text was begun as the definition of that VM. */
export function isFrom(origin: Origin | undefined, uuid: string): origin is Origin {
  return origin !== undefined && isSameValue(origin.uuid, uuid);
}

/** Empty where a definition leaves it to libvirt. */
export function uuidOf(text: string): string {
  const { root } = parseXml(text);
  return root ? textOf(child(root, 'uuid')) : '';
}

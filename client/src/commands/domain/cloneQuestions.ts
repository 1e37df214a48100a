/** What the user is asked on the way to a clone. */
import * as vscode from 'vscode';
import { roundedSize } from '../../../../server/src/domain/sizes.ts';
import { type CloneOrder, type ClonePlan, type CloneSource, copiesOf, planClone } from '../../../../virsh/src/index.ts';
import type { ClientContext } from '../../context.ts';
import { showMarkdown } from '../../documents/showMarkdown.ts';
import { confirm, confirmBeside, tell } from '../../notify.ts';
import type { CloneHosts } from './cloneDomain.ts';
import { clonePlanPage } from './clonePlanPage.ts';

/** Asks for the name, unless it is given. A VM that cannot be cloned at all is said so before. */
export async function planNamedClone(
  source: CloneSource,
  order: CloneOrder,
  given: string | undefined,
): Promise<ClonePlan | undefined> {
  const suggestion = freeName(source, order);
  const trial = planClone(source, given ?? suggestion, order);
  if (!trial.ok) {
    tell('error', vscode.l10n.t('{0} cannot be cloned: {1}', source.name, trial.error.join(' ')));
    return undefined;
  }
  if (given !== undefined) return trial.value;
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Clone {0}', source.name),
    prompt: vscode.l10n.t('Name of the clone'),
    value: suggestion,
    validateInput: (value) => {
      const planned = planClone(source, value, order);
      return planned.ok ? undefined : planned.error.join(' ');
    },
  });
  if (name === undefined) return undefined;
  const planned = planClone(source, name, order);
  return planned.ok ? planned.value : undefined;
}

/** On another host its own name, if that is free there. */
function freeName({ name, taken }: CloneSource, { destination }: CloneOrder): string {
  const { names } = destination?.target.taken ?? taken;
  if (destination && !names.has(name)) return name;
  const first = `${name}-clone`;
  for (let number = 2, candidate = first; ; candidate = `${first}-${number++}`) {
    if (!names.has(candidate)) return candidate;
  }
}

/** Shows the plan as a document, and asks beside it; a linked clone is asked for in a dialog as well. */
export async function confirmClone(
  { documents }: ClientContext,
  { source: { connection }, target }: CloneHosts,
  plan: ClonePlan,
): Promise<boolean> {
  const { source, name, method } = plan;
  await showMarkdown(
    documents.put(
      connection.name,
      `${vscode.l10n.t('Clone {0} as {1}', source.name, name)}.md`,
      clonePlanPage(plan, connection.name),
    ),
  );
  const host = target.connection.name;
  if (!(await confirmBeside(question(plan, host), verbs()[method]))) return false;
  if (method !== 'linked') return true;
  const danger = vscode.l10n.t(
    'From now on the disks of {0} are the base of {1}. Starting {0} even once, or resizing, moving or deleting its disks, destroys {1}. Nothing will warn you then.',
    source.name,
    name,
  );
  return confirm(vscode.l10n.t('Never start "{0}" on "{1}" again?', source.name, host), verbs().linked, danger);
}

const verbs = (): Readonly<Record<ClonePlan['method'], string>> => ({
  full: vscode.l10n.t('Clone'),
  linked: vscode.l10n.t('Make Linked Clone'),
  definition: vscode.l10n.t('Define'),
});

function question(plan: ClonePlan, host: string): string {
  const { source, name, method } = plan;
  const size = roundedSize(copiesOf(plan).reduce((sum, copy) => sum + copy.bytes, 0));
  switch (method) {
    case 'full':
      return vscode.l10n.t('Clone "{0}" as "{1}" on "{2}"? {3} will be copied.', source.name, name, host, size);
    case 'linked':
      return vscode.l10n.t('Make "{1}" over the disks of "{0}" on "{2}"?', source.name, name, host);
    case 'definition':
      return vscode.l10n.t('Define "{1}" after "{0}" on "{2}"? No disk is made.', source.name, name, host);
  }
}

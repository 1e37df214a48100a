/** What the user is asked on the way to a clone. */
import * as vscode from 'vscode';
import { roundedSize } from '../../../../server/src/domain/sizes.ts';
import { type ClonePlan, type CloneSource, copiesOf, planClone } from '../../../../virsh/src/index.ts';
import type { ClientContext } from '../../context.ts';
import { showMarkdown } from '../../documents/showMarkdown.ts';
import { confirmBeside, tell } from '../../notify.ts';
import { clonePlanPage } from './clonePlanPage.ts';

/** Asks for the name, unless it is given. A VM that cannot be cloned at all is said so before. */
export async function planNamedClone(source: CloneSource, given: string | undefined): Promise<ClonePlan | undefined> {
  const suggestion = freeName(source);
  const trial = planClone(source, given ?? suggestion);
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
      const planned = planClone(source, value);
      return planned.ok ? undefined : planned.error.join(' ');
    },
  });
  if (name === undefined) return undefined;
  const planned = planClone(source, name);
  return planned.ok ? planned.value : undefined;
}

function freeName({ name, taken }: CloneSource): string {
  const first = `${name}-clone`;
  for (let number = 2, candidate = first; ; candidate = `${first}-${number++}`) {
    if (!taken.names.has(candidate)) return candidate;
  }
}

/** Shows the plan as a document, and asks beside it. */
export async function confirmClone({ documents }: ClientContext, host: string, plan: ClonePlan): Promise<boolean> {
  const { source, name } = plan;
  await showMarkdown(documents.put(host, `Clone ${source.name} as ${name}.md`, clonePlanPage(plan, host)));
  const size = roundedSize(copiesOf(plan).reduce((sum, copy) => sum + copy.bytes, 0));
  const question = vscode.l10n.t('Clone "{0}" as "{1}" on "{2}"? {3} will be copied.', source.name, name, host, size);
  return confirmBeside(question, vscode.l10n.t('Clone'));
}

/** Libvirt: Clone VM… */
import * as vscode from 'vscode';
import {
  type CloneFailure,
  type ClonePlan,
  type CloneSource,
  copiesOf,
  planClone,
  type Runner,
  readCloneSource,
  runClone,
} from '../../../../virsh/src/index.ts';
import { pickConnection, pickDomain } from '../../connections/pick.ts';
import type { ClientContext } from '../../context.ts';
import { withProgress } from '../../progress.ts';
import { report } from '../../report.ts';
import type { Target } from '../target.ts';
import { clonePlanPage, roundedSize } from './clonePlanPage.ts';

export interface CloneRequest extends Target {
  /** Name of the clone; asked for where it is left out. */
  readonly name?: string;
  /** Yes to the plan. */
  readonly confirm?: boolean;
}

/** Clones a VM with its disks on the same host. The UUID of the clone, or undefined where there is none. */
export async function cloneDomain(context: ClientContext, request: CloneRequest = {}): Promise<string | undefined> {
  const runner = await pickConnection(context, request.connection);
  if (!runner) return undefined;
  const host = runner.connection.name;
  const chosen = await pickDomain(context, runner, {
    title: vscode.l10n.t('Clone a VM'),
    nothing: vscode.l10n.t('{0} has no VMs.', host),
    name: request.domain,
  });
  if (!chosen) return undefined;
  const read = await withProgress(vscode.l10n.t('Looking at {0}', chosen.name), (signal) =>
    readCloneSource(runner, chosen, { signal }),
  );
  if (!read.ok) {
    report(context, read.error);
    return undefined;
  }
  const plan = await makePlan(read.value, request.name);
  if (!plan || (!request.confirm && !(await confirmPlan(context, host, plan)))) return undefined;
  return carryOut(context, runner, plan);
}

/** A VM that cannot be cloned at all is said so before a name is asked for. */
async function makePlan(source: CloneSource, given: string | undefined): Promise<ClonePlan | undefined> {
  const suggestion = freeName(source);
  const trial = planClone(source, given ?? suggestion);
  if (!trial.ok) {
    const message = vscode.l10n.t('{0} cannot be cloned: {1}', source.name, trial.error.join(' '));
    void vscode.window.showErrorMessage(message);
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

function freeName({ name, takenNames }: CloneSource): string {
  const first = `${name}-clone`;
  for (let number = 2, candidate = first; ; candidate = `${first}-${number++}`) {
    if (!takenNames.has(candidate)) return candidate;
  }
}

/** Shows the plan as a document, and asks beside it. */
async function confirmPlan({ documents }: ClientContext, host: string, plan: ClonePlan): Promise<boolean> {
  const uri = documents.put(`/${host}/Clone ${plan.source.name} as ${plan.name}.md`, clonePlanPage(plan, host));
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  const clone = vscode.l10n.t('Clone');
  const bytes = copiesOf(plan).reduce((sum, copy) => sum + copy.bytes, 0);
  const question = vscode.l10n.t(
    'Clone "{0}" as "{1}" on "{2}"? {3} will be copied.',
    plan.source.name,
    plan.name,
    host,
    roundedSize(bytes),
  );
  // Not modal: the plan must be readable while the question stands.
  return (await vscode.window.showInformationMessage(question, clone, vscode.l10n.t('Cancel'))) === clone;
}

async function carryOut(context: ClientContext, runner: Runner, plan: ClonePlan): Promise<string | undefined> {
  const host = runner.connection.name;
  const cloned = await withProgress(vscode.l10n.t('Cloning {0}', plan.source.name), (signal, step) =>
    runClone(runner, plan, { signal, onProgress: ({ message, fraction }) => step(message, fraction) }),
  );
  if (!cloned.ok) {
    tellFailure(context, plan, cloned.error);
    return undefined;
  }
  const open = vscode.l10n.t('Open XML');
  const message = vscode.l10n.t('{0} is a clone of {1} on {2}.', plan.name, plan.source.name, host);
  void vscode.window.showInformationMessage(message, open).then((chosen) => {
    const target = { connection: host, domain: plan.name };
    if (chosen === open) void vscode.commands.executeCommand('libvirt.openDomainXml', target);
  });
  return cloned.value.uuid;
}

function tellFailure(context: ClientContext, plan: ClonePlan, { cause, removed, left }: CloneFailure): void {
  for (const path of removed) context.log.info(`Removed the unfinished copy ${path}`);
  for (const { what, reason } of left) context.log.error(`Not removed: ${what} (${reason})`);
  if (left.length > 0) {
    const rest = left.map(({ what }) => what).join(', ');
    void vscode.window.showErrorMessage(
      vscode.l10n.t(
        'Cloning {0} ended early ({1}), and this could not be removed: {2}',
        plan.source.name,
        cause.message,
        rest,
      ),
    );
  } else if (cause.kind === 'cancelled') {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Cloning {0} was cancelled; everything is as it was.', plan.source.name),
    );
  } else report(context, { ...cause, message: vscode.l10n.t('{0} Everything is as it was.', cause.message) });
}

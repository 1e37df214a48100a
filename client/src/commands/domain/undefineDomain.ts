/** Libvirt: Undefine VM… */
import * as vscode from 'vscode';
import {
  type Belonging,
  type DomainEntry,
  type Host,
  isRequired,
  planUndefine,
  runUndefine,
  type UndefinePlan,
} from '../../../../virsh/src/index.ts';
import { isActive } from '../../connections/states.ts';
import type { ClientContext } from '../../context.ts';
import { hostUri } from '../../documents/hostUri.ts';
import { tell, withoutIcons } from '../../notify.ts';
import { withProgress } from '../../progress.ts';
import { report, showLog } from '../../report.ts';
import type { Target } from '../target.ts';
import { belongingKey, belongingWords } from './belongingWords.ts';
import { confirmDeed, type GivenAnswers, refusesChanges } from './confirmDeed.ts';
import { pickDomains } from './pickDomains.ts';
import { undefineSeveral } from './undefineSeveral.ts';

export interface UndefineRequest extends Target, GivenAnswers {
  /** What goes with the definition, in place of the question: `nvram`, `tpm`, `managed-save`, `snapshots`, `checkpoints`, targets of disks. */
  readonly remove?: readonly string[];
}

/** Removes a VM's definition, and of all else only what was chosen. True when the definition is gone. */
export async function undefineDomain(
  context: ClientContext,
  request: UndefineRequest = {},
  selected?: unknown,
): Promise<boolean> {
  const all = await pickDomains(context, request, selected, {
    title: vscode.l10n.t('Undefine a VM'),
    accept: (state) => !isActive(state),
    nothing: (host) => vscode.l10n.t('{0} has no VM that is off.', host),
  });
  if (all.flatMap(({ domains }) => domains).length > 1) return undefineSeveral(context, all, request);
  const [where] = all;
  const [chosen] = where?.domains ?? [];
  if (!where || !chosen || refusesChanges(where)) return false;
  const { host } = where;
  const planned = await withProgress(vscode.l10n.t('Looking at what belongs to {0}', chosen.name), (signal) =>
    planUndefine(host, chosen.uuid, { signal }),
  );
  if (!planned.ok) {
    report(context, planned.error);
    return false;
  }
  const plan = planned.value;
  const going = await chooseBelongings(plan, host, request.remove);
  if (!going) return false;
  const deed = { verb: vscode.l10n.t('Undefine'), detail: whatGoes(plan, going) };
  if (!(await confirmDeed([where], deed, request))) return false;
  return undefine(context, host, chosen, plan, going);
}

async function undefine(
  context: ClientContext,
  host: Host,
  { name, uuid, state }: DomainEntry,
  plan: UndefinePlan,
  going: readonly Belonging[],
): Promise<boolean> {
  const connection = host.connection.name;
  const kept = await context.history.keep(connection, { name, uuid, state, xml: plan.xml });
  if (!kept.ok) {
    const message = vscode.l10n.t('Nothing was done: the definition cannot be kept as a backup. {0}', kept.error);
    tell('error', message, showLog(context.log));
    return false;
  }
  const done = await withProgress(vscode.l10n.t('Undefining {0}', name), () => runUndefine(host, plan, going));
  if (!done.ok) {
    report(context, done.error);
    return false;
  }
  const left = done.value.left.map((belonging) => belongingWords(belonging).detail);
  const open = {
    title: vscode.l10n.t('Open Its Definition'),
    run: () => vscode.window.showTextDocument(hostUri({ connection, kind: 'history', uuid, name, kept: kept.value })),
  };
  if (left.length === 0) {
    const message = vscode.l10n.t(
      '{0} is no longer defined on {1}. A copy of its definition is kept.',
      name,
      host.connection.name,
    );
    tell('information', message, open);
  } else {
    const message = vscode.l10n.t('{0} is no longer defined, but still there: {1}', name, left.join(', '));
    tell('warning', message, open, showLog(context.log));
  }
  return true;
}

interface Choice extends vscode.QuickPickItem {
  readonly belonging: Belonging;
}

/** Nothing is ticked: everything is kept. Undefined: the user turned away. */
async function chooseBelongings(
  { belongings, staying, domain: { name } }: UndefinePlan,
  host: Host,
  given: readonly string[] | undefined,
): Promise<readonly Belonging[] | undefined> {
  if (given) return belongings.filter((belonging) => given.includes(belongingKey(belonging)));
  if (belongings.length === 0) return [];
  const items = belongings.map((belonging): Choice => {
    const { label, detail } = belongingWords(belonging);
    const must = isRequired(belonging) ? { description: vscode.l10n.t('libvirt undefines only without it') } : {};
    return { label: withoutIcons(label), detail: withoutIcons(detail), ...must, belonging };
  });
  const disks =
    staying.length > 0
      ? vscode.l10n.t(' Disks that stay in any case: {0}.', staying.map(({ target }) => target).join(', '))
      : '';
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Undefine {0} on {1}: what goes with it?', withoutIcons(name), host.connection.name),
    placeHolder: vscode.l10n.t('Tick what is to be deleted; the rest is kept.{0}', disks),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return chosen?.map(({ belonging }) => belonging);
}

function whatGoes({ belongings, staying }: UndefinePlan, going: readonly Belonging[]): string {
  const line = (belonging: Belonging): string => {
    const { label, detail } = belongingWords(belonging);
    return `• ${label}: ${detail}`;
  };
  const kept = belongings.filter((belonging) => !going.includes(belonging));
  const disks = staying.map(({ target, source, why }) => `• ${target}: ${source} (${why})`);
  return [
    vscode.l10n.t('The definition goes; a copy is kept.'),
    ...(going.length > 0
      ? [vscode.l10n.t('Deleted for good:'), ...going.map(line)]
      : [vscode.l10n.t('Nothing else is deleted.')]),
    ...(kept.length + disks.length > 0 ? [vscode.l10n.t('Kept:'), ...kept.map(line), ...disks] : []),
  ].join('\n');
}

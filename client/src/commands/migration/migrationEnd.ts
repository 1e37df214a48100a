/** What is said when a migration has ended: where the VM is now. */
import * as vscode from 'vscode';
import type { MigrationEnd, PossibleCopy, Seen } from '../../../../virsh/src/index.ts';
import { stateText } from '../../connections/states.ts';
import type { ClientContext } from '../../context.ts';
import { tell } from '../../notify.ts';
import { logFailure, report, showDetails, showLog } from '../../report.ts';
import type { Target } from '../target.ts';
import type { MigrationRoute } from './migrationPage.ts';

/** True where the VM is on the target as was asked. */
export function tellEnd(
  context: ClientContext,
  { domain, source, target }: MigrationRoute,
  end: MigrationEnd,
  wasActive: boolean,
): boolean {
  if (end.outcome === 'moved') {
    const arrived: Target = { connection: target, domain };
    const message = wasActive
      ? vscode.l10n.t('{0} runs on {1} now.', domain, target)
      : vscode.l10n.t('{0} is defined on {1} now; its disks were not moved.', domain, target);
    tell('information', message, {
      title: vscode.l10n.t('Open XML'),
      run: () => vscode.commands.executeCommand('libvirt.openDomainXml', arrived),
    });
    return true;
  }
  if (end.outcome === 'stayed') {
    const { cause, left } = end;
    const stays = wasActive
      ? vscode.l10n.t('{0} runs on {1} as before.', domain, source)
      : vscode.l10n.t('{0} is on {1} as before.', domain, source);
    if (left.length > 0) {
      logFailure(context.log, cause);
      for (const { what, host, reason, command } of left)
        context.log.error(`Not removed on ${host}: ${what} (${reason})\n  ${command}`);
      const rest = left.map(({ what, reason }) => `${what} (${reason})`).join(', ');
      const message = vscode.l10n.t('{0} Not removed from {1}: {2}', stays, target, rest);
      tell('error', message, showDetails(context, cause), showLog(context.log));
    } else if (cause.kind === 'cancelled') {
      tell('information', vscode.l10n.t('The migration was cancelled; {0}', stays));
    } else report(context, { ...cause, message: `${cause.message} ${stays}` });
    return false;
  }
  const message = vscode.l10n.t(
    'Look at both hosts before you start {0} anywhere: on {1} {2}, on {3} {4}.',
    domain,
    source,
    seenText(end.source),
    target,
    seenText(end.target),
  );
  if (end.cause) logFailure(context.log, end.cause);
  const copies = copiesText(end.copies, target);
  for (const { path, host, look, removal } of end.copies)
    context.log.error(`Perhaps on ${host}, made for the migration: ${path}\n  ${look}\n  ${removal}`);
  tell('error', `${message}${copies}`, ...(end.cause ? [showDetails(context, end.cause)] : []), showLog(context.log));
  return false;
}

function copiesText(copies: readonly PossibleCopy[], target: string): string {
  if (copies.length === 0) return '';
  const paths = copies.map(({ path }) => path).join(', ');
  return ` ${vscode.l10n.t('Copies of its disks may lie on {0}: {1}. The log has the commands that look at them and remove them.', target, paths)}`;
}

function seenText(seen: Seen): string {
  if (!seen.ok) return vscode.l10n.t('nothing could be asked ({0})', seen.error.message);
  if (!seen.value) return vscode.l10n.t('it is not there');
  return vscode.l10n.t('it is {0}', stateText(seen.value.state));
}

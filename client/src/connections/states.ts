/** The states of a VM, as they are shown. */
import * as vscode from 'vscode';
import type { DomainState } from '../../../virsh/src/index.ts';

/** States in which a guest runs and can be asked or forced to stop. */
export function isActive(state: DomainState): boolean {
  return state !== 'shut-off' && state !== 'crashed' && state !== 'no-state';
}

export function stateText(state: DomainState): string {
  switch (state) {
    case 'no-state':
      return vscode.l10n.t('without a state');
    case 'running':
    case 'blocked':
      return vscode.l10n.t('running');
    case 'paused':
      return vscode.l10n.t('paused');
    case 'shutting-down':
      return vscode.l10n.t('shutting down');
    case 'shut-off':
      return vscode.l10n.t('shut off');
    case 'crashed':
      return vscode.l10n.t('crashed');
    case 'suspended':
      return vscode.l10n.t('suspended');
    case 'unknown':
      return vscode.l10n.t('in an unknown state');
  }
}

const ICONS: Readonly<Record<DomainState, string>> = {
  'no-state': 'question',
  running: 'vm-running',
  blocked: 'vm-running',
  paused: 'debug-pause',
  'shutting-down': 'vm-running',
  'shut-off': 'vm-outline',
  crashed: 'error',
  suspended: 'debug-pause',
  unknown: 'question',
};

export function stateIcon(state: DomainState): vscode.ThemeIcon {
  return new vscode.ThemeIcon(ICONS[state]);
}

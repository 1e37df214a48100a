/** What belongs to a VM besides its definition, in words. */
import * as vscode from 'vscode';
import { roundedSize } from '../../../../server/src/domain/sizes.ts';
import type { Belonging } from '../../../../virsh/src/index.ts';

export interface BelongingWords {
  /** `Disk vda`. */
  readonly label: string;
  /** What and where exactly. */
  readonly detail: string;
}

export function belongingWords(belonging: Belonging): BelongingWords {
  switch (belonging.kind) {
    case 'volume':
      return {
        label: vscode.l10n.t('Disk {0}, {1}', belonging.target, roundedSize(belonging.allocation)),
        detail: vscode.l10n.t('{0} (volume {1} of pool {2})', belonging.path, belonging.volume, belonging.pool),
      };
    case 'nvram':
      return {
        label: vscode.l10n.t('UEFI variables'),
        detail: belonging.path ?? vscode.l10n.t('boot entries and Secure Boot keys, in a file that libvirt has chosen'),
      };
    case 'tpm':
      return {
        label: vscode.l10n.t('TPM state'),
        detail: vscode.l10n.t('keys that the guest may have encrypted its disks with'),
      };
    case 'managed-save':
      return {
        label: vscode.l10n.t('Saved memory'),
        detail: vscode.l10n.t('the running system that the next start would go on from'),
      };
    case 'snapshots':
      return {
        label: vscode.l10n.t('What libvirt knows of {0} snapshots', belonging.names.length),
        detail: belonging.names.join(', '),
      };
    case 'checkpoints':
      return {
        label: vscode.l10n.t('What libvirt knows of {0} checkpoints', belonging.names.length),
        detail: belonging.names.join(', '),
      };
  }
}

/** How a command or a test names it: `vda` for a disk, else its kind. */
export function belongingKey(belonging: Belonging): string {
  return belonging.kind === 'volume' ? belonging.target : belonging.kind;
}

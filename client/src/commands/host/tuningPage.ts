/** How a host is set up for its guests, as Markdown: what costs most first. */
import * as vscode from 'vscode';
import type { TuningFinding, TuningWeight } from '../../../../virsh/src/index.ts';
import { code, escaped, table } from '../../documents/markdown.ts';

const weights: readonly TuningWeight[] = ['costs', 'look', 'fine'];

/** @param unseen what could not be looked at, in a sentence */
export function tuningPage(host: string, findings: readonly TuningFinding[], unseen: string | undefined): string {
  const parts = [
    `# ${vscode.l10n.t('Tuning of {0}', code(host))}`,
    vscode.l10n.t(
      'The host was asked, and nothing was changed. Commands are for a root shell on it; those with echo hold until it starts anew.',
    ),
    ...(unseen === undefined ? [] : [escaped(unseen)]),
    ...weights.flatMap((weight) => section(weight, findings)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function heading(weight: TuningWeight): string {
  switch (weight) {
    case 'costs':
      return vscode.l10n.t('Costs the guests');
    case 'look':
      return vscode.l10n.t('Depends on the guests');
    case 'fine':
      return vscode.l10n.t('Fine');
  }
}

function section(weight: TuningWeight, findings: readonly TuningFinding[]): string[] {
  const found = findings.filter((one) => one.weight === weight);
  if (found.length === 0) return [];
  const rows = found.map(({ subject, value, meaning, source }) => [
    `[${escaped(subject)}](${source})`,
    escaped(value),
    escaped(meaning),
  ]);
  const head = [vscode.l10n.t('what'), vscode.l10n.t('is'), vscode.l10n.t('what it means')];
  const commands = found.flatMap(({ subject, command }) => (command === undefined ? [] : [`# ${subject}\n${command}`]));
  return [
    `## ${heading(weight)}`,
    table(head, rows),
    ...(commands.length > 0 ? [`\`\`\`sh\n${commands.join('\n')}\n\`\`\``] : []),
  ];
}

/** What a migration check has found, as Markdown: the heaviest first. */
import { type Phrase, phrase, say } from '../../../../server/src/l10n/say.ts';
import type { MigrationFinding, Weight } from '../../../../virsh/src/index.ts';
import { code, escaped, table } from '../../documents/markdown.ts';

export interface MigrationRoute {
  readonly domain: string;
  readonly source: string;
  readonly target: string;
}

const headings: Readonly<Record<Weight, Phrase>> = {
  blocks: phrase`Blocks`,
  endangers: phrase`Endangers`,
  unknown: phrase`Could not be found out`,
  fine: phrase`Fine`,
};

export function migrationPage(
  { domain, source, target }: MigrationRoute,
  findings: readonly MigrationFinding[],
): string {
  const parts = [
    say`# Live migration of ${code(domain)} from ${code(source)} to ${code(target)}`,
    say`${verdict(findings)} Both hosts were asked, and nothing was changed.`,
    ...(['blocks', 'endangers', 'unknown', 'fine'] as const).flatMap((weight) => section(weight, findings)),
    say`Not seen from here: whether the source reaches the target (ports 49152 to 49215 by default), and whether the network is fast enough for what the guest writes.`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function verdict(findings: readonly MigrationFinding[]): string {
  const count = (weight: Weight): number => findings.filter((one) => one.weight === weight).length;
  const [blocks, endangers] = [count('blocks'), count('endangers')];
  if (blocks > 0)
    return say`**It cannot move as it is:** ${blocks} thing${blocks === 1 ? '' : 's'} block${blocks === 1 ? 's' : ''} it.`;
  if (endangers > 0)
    return say`**It may move, with care:** ${endangers} thing${endangers === 1 ? '' : 's'} endanger${endangers === 1 ? 's' : ''} it.`;
  return say`**Nothing was found that stands in the way.**`;
}

function section(weight: Weight, findings: readonly MigrationFinding[]): string[] {
  const found = findings.filter((one) => one.weight === weight);
  if (found.length === 0) return [];
  const hasWayOut = found.some(({ wayOut }) => wayOut !== undefined);
  const rows = found.map(({ subject, message, wayOut = '' }) => [
    escaped(subject),
    escaped(message),
    ...(hasWayOut ? [escaped(wayOut)] : []),
  ]);
  return [`## ${headings[weight]}`, table([say`what`, say`why`, ...(hasWayOut ? [say`the way out`] : [])], rows)];
}

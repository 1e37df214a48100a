/** What a migration check has found, as Markdown: the heaviest first. */
import type { MigrationFinding, Weight } from '../../../../virsh/src/index.ts';
import { code, escaped, table } from '../../documents/markdown.ts';

export interface MigrationRoute {
  readonly domain: string;
  readonly source: string;
  readonly target: string;
}

const headings: Readonly<Record<Weight, string>> = {
  blocks: 'Blocks',
  endangers: 'Endangers',
  unknown: 'Could not be found out',
  fine: 'Fine',
};

export function migrationPage(
  { domain, source, target }: MigrationRoute,
  findings: readonly MigrationFinding[],
): string {
  const parts = [
    `# Live migration of ${code(domain)} from ${code(source)} to ${code(target)}`,
    `${verdict(findings)} Both hosts were asked, and nothing was changed.`,
    ...(['blocks', 'endangers', 'unknown', 'fine'] as const).flatMap((weight) => section(weight, findings)),
    'Not seen from here: whether the source reaches the target (ports 49152 to 49215 by default), and whether the network is fast enough for what the guest writes.',
  ];
  return `${parts.join('\n\n')}\n`;
}

function verdict(findings: readonly MigrationFinding[]): string {
  const count = (weight: Weight): number => findings.filter((one) => one.weight === weight).length;
  const [blocks, endangers] = [count('blocks'), count('endangers')];
  if (blocks > 0) return `**It cannot move as it is:** ${blocks} ${blocks === 1 ? 'thing blocks' : 'things block'} it.`;
  if (endangers > 0)
    return `**It may move, with care:** ${endangers} ${endangers === 1 ? 'thing endangers' : 'things endanger'} it.`;
  return '**Nothing was found that stands in the way.**';
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
  return [`## ${headings[weight]}`, table(['what', 'why', ...(hasWayOut ? ['the way out'] : [])], rows)];
}

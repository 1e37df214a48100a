/** `virtlint rules`: every rule there is, by area. */
import { say } from '../../l10n/say.ts';
import { repositoryAddress } from '../../protocol/pageAddress.ts';
import { configurationOf } from '../../settings/configuration.ts';
import { areaOf, type KnownRule, knownRules } from '../../settings/knownRules.ts';
import { pagePart, summaryOf } from '../../settings/pageParts.ts';
import type { RuleSettings } from '../../settings/settings.ts';
import { EXIT, type Streams } from './check.ts';

export interface RulesOptions {
  readonly format: 'table' | 'json';
  /** Only of these areas; empty: of all. */
  readonly areas: readonly string[];
  /** A profile moves the severities that are shown. */
  readonly own: RuleSettings;
  readonly readPage: (page: string) => string | undefined;
}

export function rules({ format, areas, own, readPage }: RulesOptions, { out }: Streams): number {
  const configuration = configurationOf(undefined, own);
  const shown = [...knownRules().values()]
    .filter(({ id }) => areas.length === 0 || areas.includes(areaOf(id)))
    .sort((a, b) => (areaOf(a.id) < areaOf(b.id) ? -1 : Number(areaOf(a.id) > areaOf(b.id))))
    .map((rule) => ({
      ...rule,
      severity: configuration.severityOf({ rule: rule.id, severity: rule.severity }),
      summary: summaryOf(pagePart(readPage(rule.page) ?? '', rule.id)),
    }));
  out(format === 'json' ? `${JSON.stringify(shown.map(toJson), null, 1)}\n` : table(shown));
  return EXIT.clean;
}

type ShownRule = Omit<KnownRule, 'severity'> & { readonly severity: string; readonly summary: string };

function toJson({ id, severity, hasFix, since, summary, page }: ShownRule) {
  return {
    id,
    area: areaOf(id),
    severity,
    hasFix,
    since: since ?? null,
    summary,
    page: repositoryAddress({ rule: id, page }),
  };
}

function table(shown: readonly ShownRule[]): string {
  const width = Math.max(...shown.map(({ id }) => id.length), 0);
  const lines: string[] = [];
  let area = '';
  for (const { id, severity, hasFix, summary } of shown) {
    if (areaOf(id) !== area) lines.push(`${lines.length > 0 ? '\n' : ''}${areaOf(id)}`);
    area = areaOf(id);
    lines.push(
      `  ${id.padEnd(width)}  ${severity.padEnd(11)}  ${hasFix ? 'fix' : '   '}  ${firstSentence(summary)}`.trimEnd(),
    );
  }
  return say`${lines.join('\n')}\n\n${shown.length} rules; virtlint explain RULE tells more.\n`;
}

function firstSentence(summary: string): string {
  return /^.*?[.?!](?=\s|$)/.exec(summary)?.[0] ?? summary;
}

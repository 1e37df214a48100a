/** The one pass over what was found in a document: suppressions silence, settings move severities. Rules know of neither. */
import type { Finding } from '../finding.ts';
import { closest } from '../grammar/closest.ts';
import { say } from '../l10n/say.ts';
import type { Span, XmlDocument } from '../xml/tree.ts';
import type { Configuration } from './configuration.ts';
import { areaOf, isSuppressible, knownRules } from './knownRules.ts';
import { commentSuppressions } from './suppressions/comments.ts';
import { metadataSuppressions } from './suppressions/metadata.ts';
import { ownFinding, type Suppression } from './suppressions/suppression.ts';

export interface Settled {
  /** What is told, in document order. */
  readonly findings: readonly Finding[];
  /** The rules that the project file has silenced here. */
  readonly silenced: ReadonlySet<string>;
}

/**
 * What is told of a document.
 * @param findings what checkDocument found
 * @param isWhole that is all there is to find; else suppressions without effect are not told of
 */
export function settle(
  document: XmlDocument,
  findings: readonly Finding[],
  { suppressed, severityOf }: Configuration,
  isWhole = true,
): Settled {
  const mayHold = document.root !== null && document.text.includes('virtlint');
  const said = mayHold ? [commentSuppressions(document), metadataSuppressions(document)] : [];
  const suppressions = said.flatMap((one) => one.suppressions);
  const judged = suppressions.map((suppression) => ({ suppression, problems: problemsOf(suppression) }));
  const sound = judged.filter(({ suppression }) => isSuppressible(suppression.rule)).map((one) => one.suppression);
  const { told, used } = silenced(findings, sound);
  const unused = isWhole ? sound.filter((one) => !used.has(one) && knownRules().has(one.rule)) : [];
  const own = [
    ...said.flatMap((one) => one.findings),
    ...judged.flatMap(({ problems }) => problems),
    ...unused.map(unusedFinding),
  ];
  const silencedRules = new Set<string>();
  const all = [...told, ...own].flatMap((finding): Finding[] => {
    if (suppressed.has(finding.rule) && isSuppressible(finding.rule)) {
      silencedRules.add(finding.rule);
      return [];
    }
    const severity = severityOf(finding);
    if (severity === 'off') return [];
    return [severity === finding.severity ? finding : { ...finding, severity }];
  });
  if (own.length > 0) all.sort((a, b) => a.start - b.start || a.end - b.end);
  return { findings: all, silenced: silencedRules };
}

/** The findings that no suppression silences, and the suppressions that silence one. */
function silenced(findings: readonly Finding[], suppressions: readonly Suppression[]) {
  const used = new Set<Suppression>();
  if (suppressions.length === 0) return { told: findings, used };
  const byRule = new Map<string, Suppression[]>();
  for (const one of suppressions) byRule.set(one.rule, [...(byRule.get(one.rule) ?? []), one]);
  const told = findings.filter((finding) => {
    const silencing = byRule.get(finding.rule)?.filter(({ scope }) => holds(scope, finding)) ?? [];
    for (const one of silencing) used.add(one);
    return silencing.length === 0;
  });
  return { told, used };
}

function holds(scope: Span, { start, end }: Span): boolean {
  return scope.start <= start && end <= scope.end;
}

/** What is wrong with a suppression whatever the document holds. */
function problemsOf({ rule, at, reason, remove }: Suppression): Finding[] {
  if (areaOf(rule) === 'xml')
    return [
      ownFinding(
        'invalid-suppression',
        at,
        say`\`${rule}\` cannot be silenced: libvirt cannot read such a text.`,
        () => [remove()],
      ),
    ];
  if (areaOf(rule) === 'virtlint')
    return [
      ownFinding(
        'invalid-suppression',
        at,
        say`\`${rule}\` cannot be silenced here; the project file can turn it off.`,
        () => [remove()],
      ),
    ];
  if (!knownRules().has(rule)) return [unknownRule({ rule, at, remove })];
  if (reason === '')
    return [
      ownFinding(
        'missing-reason',
        at,
        say`Say why \`${rule}\` is silent here: the reason follows the rule, behind a colon in a comment.`,
      ),
    ];
  return [];
}

function unknownRule({ rule, at, remove }: Pick<Suppression, 'rule' | 'at' | 'remove'>): Finding {
  const meant = closest(rule, knownRules().keys()).filter(isSuppressible).slice(0, 3);
  const hint =
    meant.length > 0
      ? say`; did you mean ${meant.map((id) => `\`${id}\``).join(say` or `)}?`
      : say`. \`virtlint rules\` lists them all.`;
  return ownFinding('unknown-rule', at, say`There is no rule \`${rule}\`${hint}`, () => {
    const changes = meant.map((id) => ({ title: say`Change to ${id}`, edits: [{ ...at, newText: id }] }));
    return [...changes, remove()].map((fix, index) => (index === 0 ? { ...fix, preferred: true } : fix));
  });
}

function unusedFinding({ rule, at, remove }: Suppression): Finding {
  const message = say`\`${rule}\` has nothing to say here. Remove the suppression, or it will hide a later mistake.`;
  return ownFinding('unused-suppression', at, message, () => [{ ...remove(), preferred: true }]);
}

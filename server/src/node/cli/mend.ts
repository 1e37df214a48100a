/** Makes the preferred fixes of a text. Fixes that touch the same place wait for a later round, when the text is read anew. */
import { applyEdits, type Finding, type Fix, type Severity, type TextEdit } from '../../finding.ts';

export interface WantedFix {
  /** Only of these rules; undefined: of all. */
  readonly rules: ReadonlySet<string> | undefined;
  /** Only of findings as grave as these. */
  readonly severities: ReadonlySet<Severity>;
}

export interface Mended {
  readonly text: string;
  /** What was done, in order. */
  readonly made: readonly { readonly rule: string; readonly title: string }[];
}

/** More rounds than any sensible document needs; two fixes that undo each other end here at the latest. */
const MOST_ROUNDS = 40;

export function mend(text: string, check: (text: string) => readonly Finding[], wants: WantedFix): Mended {
  const made: { rule: string; title: string }[] = [];
  const seen = new Set([text]);
  let now = text;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const fixes = compatible(check(now).filter((finding) => isWanted(finding, wants)));
    const next = applyEdits(
      now,
      fixes.flatMap(({ fix }) => fix.edits),
    );
    if (seen.has(next)) break;
    seen.add(next);
    made.push(...fixes.map(({ rule, fix }) => ({ rule, title: fix.title })));
    now = next;
  }
  return { text: now, made };
}

function isWanted({ rule, severity }: Finding, { rules, severities }: WantedFix): boolean {
  return rules ? rules.has(rule) : severities.has(severity);
}

/** The preferred fixes that do not touch each other: of two that do, the first. */
function compatible(findings: readonly Finding[]): { readonly rule: string; readonly fix: Fix }[] {
  const taken: TextEdit[] = [];
  return findings.flatMap(({ rule, fixes }) => {
    const fix = fixes().find(({ preferred }) => preferred);
    if (!fix || fix.edits.some((edit) => taken.some((other) => touch(edit, other)))) return [];
    taken.push(...fix.edits);
    return [{ rule, fix }];
  });
}

function touch(a: TextEdit, b: TextEdit): boolean {
  return a.start <= b.end && b.start <= a.end;
}

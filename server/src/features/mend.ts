/** Makes the preferred fixes of a text. Fixes that touch the same place wait for a later round, when the text is read anew. */
import { applyEdits, type Finding, type Fix, type Severity, type TextEdit } from '../finding.ts';
import { composeEdits } from './composedEdits.ts';

export interface WantedFix {
  /** Only of these rules; undefined: of all. */
  readonly rules: ReadonlySet<string> | undefined;
  /** Only of findings as grave as these. */
  readonly severities: ReadonlySet<Severity>;
  /** Further doubts about a fix of a text; undefined: there are none. */
  readonly accepts?: (fix: Fix, text: string, finding: Finding) => boolean;
}

export interface Mended {
  readonly text: string;
  /** All that was changed, as edits to the text before. */
  readonly edits: readonly TextEdit[];
  /** What was done, in order. */
  readonly made: readonly { readonly rule: string; readonly title: string }[];
}

/** More rounds than any sensible document needs; two fixes that undo each other end here at the latest. */
const MOST_ROUNDS = 40;

export function mend(text: string, check: (text: string) => readonly Finding[], wants: WantedFix): Mended {
  const made: { rule: string; title: string }[] = [];
  const seen = new Set([text]);
  let now = text;
  let all: readonly TextEdit[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const wanted = check(now).filter((finding) => isWanted(finding, wants));
    const fixes = compatible(wanted, (fix, finding) => wants.accepts?.(fix, now, finding) ?? true);
    const edits = fixes.flatMap(({ fix }) => fix.edits);
    const next = applyEdits(now, edits);
    if (seen.has(next)) break;
    seen.add(next);
    all = composeEdits(all, now, edits);
    made.push(...fixes.map(({ rule, fix }) => ({ rule, title: fix.title })));
    now = next;
  }
  return { text: now, edits: all, made };
}

function isWanted({ rule, severity }: Finding, { rules, severities }: WantedFix): boolean {
  return rules ? rules.has(rule) : severities.has(severity);
}

/** The preferred fixes that do not touch each other: of two that do, the first. */
function compatible(
  findings: readonly Finding[],
  accepts: (fix: Fix, finding: Finding) => boolean,
): { readonly rule: string; readonly fix: Fix }[] {
  const taken: TextEdit[] = [];
  return findings.flatMap((finding) => {
    const fix = finding.fixes().find(({ preferred }) => preferred);
    if (!fix || !accepts(fix, finding) || fix.edits.some((edit) => taken.some((other) => touch(edit, other))))
      return [];
    taken.push(...fix.edits);
    return [{ rule: finding.rule, fix }];
  });
}

function touch(a: TextEdit, b: TextEdit): boolean {
  return a.start <= b.end && b.start <= a.end;
}

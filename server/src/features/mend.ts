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

/** More rounds than any sensible document needs. */
const MOST_ROUNDS = 40;

export function mend(text: string, check: (text: string) => readonly Finding[], wants: WantedFix): Mended {
  let now: Mended = { text, edits: [], made: [] };
  const states = [now];
  while (states.length <= MOST_ROUNDS) {
    const wanted = check(now.text).filter((finding) => isWanted(finding, wants));
    const fixes = compatible(wanted, (fix, finding) => wants.accepts?.(fix, now.text, finding) ?? true);
    const edits = fixes.flatMap(({ fix }) => fix.edits);
    const next = applyEdits(now.text, edits);
    const earlier = states.findIndex((one) => one.text === next);
    if (earlier >= 0) return plainest(states.slice(earlier), now);
    now = {
      text: next,
      edits: composeEdits(now.edits, now.text, edits),
      made: [...now.made, ...fixes.map(({ rule, fix }) => ({ rule, title: fix.title }))],
    };
    states.push(now);
  }
  return now;
}

/** Fixes that undo each other lead round and round: of all those texts the same one is taken, wherever the round was entered. */
function plainest(round: readonly Mended[], first: Mended): Mended {
  const isPlainer = (a: string, b: string): boolean => (a.length === b.length ? a < b : a.length < b.length);
  return round.reduce((best, one) => (isPlainer(one.text, best.text) ? one : best), first);
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

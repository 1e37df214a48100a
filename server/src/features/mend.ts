/** Makes the preferred fixes of a text. Fixes that touch the same place wait for a later round, when the text is read anew. */
import { applyEdits, type Finding, type Fix, type Severity, type TextEdit } from '../finding.ts';
import { UNUSED_SUPPRESSION } from '../settings/suppressions/suppression.ts';
import { composeEdits, placeBefore } from './composedEdits.ts';

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

/** A suppression that the text had use for stays, whatever the fixes do to what it silences: somebody has decided so. */
export function mend(text: string, check: (text: string) => readonly Finding[], wants: WantedFix): Mended {
  let now: Mended = { text, edits: [], made: [] };
  const states = [now];
  let lastRound: Round | undefined;
  let needless: ReadonlySet<number> | undefined;
  while (states.length <= MOST_ROUNDS) {
    const findings = check(now.text);
    needless ??= new Set(findings.filter(isUnused).map(({ start }) => start));
    const wanted = withoutDecisions(findings, needless, now).filter((finding) => isWanted(finding, wants));
    const fixes = compatible(wanted, (fix, finding) => wants.accepts?.(fix, now.text, finding) ?? true);
    if (lastRound && now.text.length > lastRound.before.text.length && isInVain(lastRound, wanted, fixes))
      return lastRound.before;
    const edits = fixes.flatMap(({ fix }) => fix.edits);
    lastRound = { before: now, wanted: wanted.length, fixes: fixes.map((one) => keyOf(one, edits)) };
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

interface Round {
  readonly before: Mended;
  /** How many findings there were to mend. */
  readonly wanted: number;
  /** What was made, and where it is afterwards. */
  readonly fixes: readonly string[];
}

/** All that was made in the last round is wanted again at the same places, and nothing is mended: more of it would not help, but pile up. */
function isInVain(last: Round, wanted: readonly Finding[], fixes: readonly WantedOne[]): boolean {
  const again = fixes.map((one) => keyOf(one, []));
  const isSame = again.length === last.fixes.length && again.every((key, index) => key === last.fixes[index]);
  return isSame && wanted.length >= last.wanted;
}

/** @param edits those of the round, which move the place */
function keyOf({ rule, fix, start }: WantedOne, edits: readonly TextEdit[]): string {
  const before = edits.filter((edit) => edit.end <= start);
  const moved = before.reduce((sum, edit) => sum + edit.newText.length - (edit.end - edit.start), 0);
  return `${start + moved} ${rule} ${fix.title}`;
}

/** Fixes that undo each other lead round and round: of all those texts the same one is taken, wherever the round was entered. */
function plainest(round: readonly Mended[], first: Mended): Mended {
  const isPlainer = (a: string, b: string): boolean => (a.length === b.length ? a < b : a.length < b.length);
  return round.reduce((best, one) => (isPlainer(one.text, best.text) ? one : best), first);
}

/** @param needless where the first text has suppressions without use */
function withoutDecisions(findings: readonly Finding[], needless: ReadonlySet<number>, { edits }: Mended): Finding[] {
  return findings.filter((finding) => {
    if (!isUnused(finding)) return true;
    const place = placeBefore(edits, finding.start);
    return place !== undefined && needless.has(place);
  });
}

function isUnused({ rule }: Finding): boolean {
  return rule === UNUSED_SUPPRESSION;
}

function isWanted({ rule, severity }: Finding, { rules, severities }: WantedFix): boolean {
  return rules ? rules.has(rule) : severities.has(severity);
}

interface WantedOne {
  readonly rule: string;
  /** Where its finding begins. */
  readonly start: number;
  readonly fix: Fix;
}

/** The preferred fixes that do not touch each other: of two that do, the first. */
function compatible(findings: readonly Finding[], accepts: (fix: Fix, finding: Finding) => boolean): WantedOne[] {
  const taken: TextEdit[] = [];
  return findings.flatMap((finding) => {
    const fix = finding.fixes().find(({ preferred }) => preferred);
    if (!fix || !accepts(fix, finding) || fix.edits.some((edit) => taken.some((other) => touch(edit, other))))
      return [];
    taken.push(...fix.edits);
    return [{ rule: finding.rule, start: finding.start, fix }];
  });
}

function touch(a: TextEdit, b: TextEdit): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/**
 * What the grammar says of a document that is written for one release: errors of that release, and warnings where the only
 * fault is that the release is too old. The newest release decides between the two: what it takes is no mistake.
 */
import type { Finding, Fix } from '../finding.ts';
import { nameSpan, valueSpan } from '../xml/query.ts';
import type { Span, XmlDocument, XmlElement } from '../xml/tree.ts';
import type { DocumentGrammars } from './chosen.ts';
import type { GrammarError } from './error.ts';
import type { Examination } from './examination.ts';
import { grammarFinding } from './findings.ts';
import { grammarFixes } from './fixes/fixes.ts';
import { compareReleases } from './release.ts';
import { newThing, type SinceWhen, sayNeeds, sayTooNew, type Thing } from './tooNew.ts';
import { youngerThings } from './younger.ts';

export interface GrammarVerdict {
  /** The mistakes; without what is right in a newer release. */
  readonly errors: readonly GrammarError[];
  readonly findings: readonly Finding[];
}

export function grammarVerdict(
  document: XmlDocument,
  { all, target, asked }: DocumentGrammars,
  since: SinceWhen = () => undefined,
): GrammarVerdict {
  const examined = new Map<number, Examination>();
  const examine = (release: number): Examination => {
    const examination = examined.get(release) ?? all.at(release).examine(document);
    examined.set(release, examination);
    return examination;
  };
  const now = examine(target);
  const newest = all.releases.length - 1;
  const later = target === newest || now.errors.length === 0 ? now : examine(newest);
  const tooNew = later === now ? new Set<GrammarError>() : whatIsTooNew(now.errors, later.errors);
  const inside = later === now ? [] : later.errors.filter((error) => isInside(error.owner, tooNew));
  const told = (error: GrammarError): Finding => {
    const inNewer = firstWithout(error, target, newest, examine);
    const releases = { asked, target: all.releases[target] ?? '', newer: all.releases[inNewer] ?? '' };
    return { ...tooNewFinding(error, releases, since), fixes: () => withoutPreference(error, now) };
  };
  const mistakes = now.errors.filter((error) => !tooNew.has(error));
  const younger = between(document, asked, all.releases[target] ?? '', since);
  return {
    errors: [...mistakes, ...inside],
    findings: [
      ...younger.filter((finding) => !now.errors.some((error) => overlap(error, finding))),
      ...now.errors.map((error) => (tooNew.has(error) ? told(error) : grammarFinding(error, now))),
      ...inside.map((error) => grammarFinding(error, later)),
    ],
  };
}

/** The errors that a newer release does not have, unless it finds another fault in the same element in their stead. */
function whatIsTooNew(now: readonly GrammarError[], later: readonly GrammarError[]): Set<GrammarError> {
  const unmatched = later.filter((error) => !now.some((other) => overlap(error, other)));
  return new Set(
    now.filter(
      (error) =>
        !later.some((other) => overlap(error, other)) && !unmatched.some((other) => other.owner === error.owner),
    ),
  );
}

function overlap(a: Span, b: Span): boolean {
  return (a.start < b.end && b.start < a.end) || (a.start === b.start && a.end === b.end);
}

/** Whether an element stands in one that is too new: the target knows nothing of it, so the newest release must judge it. */
function isInside(element: XmlElement, tooNew: ReadonlySet<GrammarError>): boolean {
  const children = new Set([...tooNew].flatMap((error) => ('child' in error ? [error.child] : [])));
  for (let at: XmlElement | null = element; at; at = at.parent) if (children.has(at)) return true;
  return false;
}

function firstWithout(
  error: GrammarError,
  target: number,
  newest: number,
  examine: (release: number) => Examination,
): number {
  for (let release = target + 1; release < newest; release++)
    if (!examine(release).errors.some((other) => overlap(error, other))) return release;
  return newest;
}

interface ComparedReleases {
  /** What the user has named. */
  readonly asked: string;
  /** The known release that stands for it. */
  readonly target: string;
  /** The first known release that takes what the target does not. */
  readonly newer: string;
}

function tooNewFinding(error: GrammarError, { asked, target, newer }: ComparedReleases, since: SinceWhen): Finding {
  const thing = newThing(error);
  const known = thing && since(thing);
  const exactly = known !== undefined && compareReleases(known, asked) > 0 && compareReleases(known, newer) <= 0;
  return tooNew(error, thing && exactly ? sayNeeds(thing, known, asked) : sayTooNew(error, { target, newer }));
}

function tooNew({ start, end }: Span, message: string): Finding {
  return {
    rule: 'grammar/newer-than-target',
    page: 'grammar/grammar',
    severity: 'warning',
    start,
    end,
    message,
    fixes: () => [],
  };
}

/** Whether it should be changed at all, or the target, the user must say. */
function withoutPreference(error: GrammarError, examination: Examination): Fix[] {
  return grammarFixes(error, examination).map(({ title, edits }) => ({ title, edits }));
}

/** Of a target between two known releases: what the newer takes, and is known to be younger than the target. */
function between(document: XmlDocument, asked: string, target: string, since: SinceWhen): Finding[] {
  if (!document.root || compareReleases(asked, target) >= 0) return [];
  return youngerThings(document.root, asked, since).map(({ since: known, ...thing }) => {
    return tooNew(spanOf(thing), sayNeeds(thing, known, asked));
  });
}

function spanOf({ element, attribute, value }: Thing): Span {
  if (!attribute) return nameSpan(element);
  return value === undefined ? { start: attribute.nameStart, end: attribute.nameEnd } : valueSpan(attribute);
}

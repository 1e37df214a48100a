/**
 * What the grammar says of a document that is written for one release: errors of that release, and warnings where the only
 * fault is that the release is too old. The newest release decides between the two: what it takes is no mistake.
 */
import type { Finding } from '../finding.ts';
import type { Span, XmlDocument, XmlElement } from '../xml/tree.ts';
import type { DocumentGrammars } from './chosen.ts';
import type { GrammarError } from './error.ts';
import type { Examination } from './examination.ts';
import { grammarFinding } from './findings.ts';
import { grammarFixes } from './fixes/fixes.ts';
import { compareReleases } from './release.ts';
import { sayTooNew, type Thing } from './tooNew.ts';

export interface GrammarVerdict {
  /** The mistakes; without what is right in a newer release. */
  readonly errors: readonly GrammarError[];
  readonly findings: readonly Finding[];
}

/** The libvirt release that brought something, where more is known than which schemas have it. */
export type SinceWhen = (thing: Thing) => string | undefined;

export function grammarVerdict(
  document: XmlDocument,
  { all, target }: DocumentGrammars,
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
    return tooNewFinding(error, now, all.releases[target] ?? '', all.releases[inNewer] ?? '', since);
  };
  const mistakes = now.errors.filter((error) => !tooNew.has(error));
  return {
    errors: [...mistakes, ...inside],
    findings: [
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

function tooNewFinding(
  error: GrammarError,
  examination: Examination,
  target: string,
  newer: string,
  since: SinceWhen,
): Finding {
  const known = since({
    element: 'child' in error ? error.child : error.owner,
    ...('attribute' in error && { attribute: error.attribute }),
  });
  const exactly = known !== undefined && compareReleases(known, target) > 0 && compareReleases(known, newer) <= 0;
  return {
    rule: 'grammar/newer-than-target',
    page: 'grammar/grammar',
    severity: 'warning',
    start: error.start,
    end: error.end,
    message: sayTooNew(error, { target, newer, ...(exactly && { since: known }) }),
    fixes: () => grammarFixes(error, examination).map(({ title, edits }) => ({ title, edits })),
  };
}

/** Findings of a text, carried over to the text after an edit: what the edit did not touch is still true for a moment. */
import type { Finding, RelatedPlace } from '../finding.ts';
import { changedSpan } from '../xml/change.ts';
import type { Span } from '../xml/tree.ts';

/** The findings whose tokens stand outside of what changed, at their places in the new text. They have no fixes: those are of the old text. */
export function carryFindings(findings: readonly Finding[], before: string, after: string): Finding[] {
  const change = changedSpan(before, after);
  const delta = after.length - before.length;
  const move = <Place extends Span>(place: Place): Place | undefined => {
    if (place.end < change.start) return place;
    return place.start > change.end ? { ...place, start: place.start + delta, end: place.end + delta } : undefined;
  };
  return findings.flatMap((finding) => {
    const moved = move(finding);
    const related = finding.related?.flatMap((place: RelatedPlace) => move(place) ?? []);
    return moved ? [{ ...moved, ...(related && { related }), fixes: () => [] }] : [];
  });
}

/** What a document says about rules that are to be silent in it. */
import type { Finding, Fix } from '../../finding.ts';
import type { Span } from '../../xml/tree.ts';

/** One rule that is silent somewhere. */
export interface Suppression {
  readonly rule: string;
  /** Where its id is written. */
  readonly at: Span;
  /** Why; '' where nobody says. */
  readonly reason: string;
  /** The part of the text in which it is silent. */
  readonly scope: Span;
  readonly remove: () => Fix;
}

/** Everything that a document says. */
export interface Suppressions {
  readonly suppressions: readonly Suppression[];
  /** What is said so that it cannot be understood. */
  readonly findings: readonly Finding[];
}

export const SUPPRESSIONS_PAGE = 'virtlint/suppressions';

export const UNUSED_SUPPRESSION = 'virtlint/unused-suppression';

/** A finding about a suppression itself. */
export function ownFinding(
  name: 'unused-suppression' | 'unknown-rule' | 'missing-reason' | 'invalid-suppression',
  { start, end }: Span,
  message: string,
  fixes: () => readonly Fix[] = () => [],
): Finding {
  const rule = `virtlint/${name}`;
  const tags = name === 'unused-suppression' ? (['unnecessary'] as const) : undefined;
  return { rule, page: SUPPRESSIONS_PAGE, severity: 'warning', start, end, message, ...(tags && { tags }), fixes };
}

/** Quick-fixes: what the findings under the cursor offer. */
import type { Finding, Fix } from '../finding.ts';
import type { Span } from '../xml/tree.ts';

export interface CodeAction {
  readonly fix: Fix;
  readonly finding: Finding;
}

/** Working out a fix may mean to check the document again: with everything selected, the first findings must do. */
const MOST_FINDINGS = 30;

/** The fixes of the findings that touch a span, in document order. */
export function codeActions(findings: readonly Finding[], span: Span): CodeAction[] {
  return findings
    .filter((finding) => finding.start <= span.end && finding.end >= span.start)
    .slice(0, MOST_FINDINGS)
    .flatMap((finding) => finding.fixes().map((fix) => ({ fix, finding })));
}

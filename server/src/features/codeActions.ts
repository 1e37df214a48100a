/** Quick-fixes: what the findings under the cursor offer. */
import type { Finding, Fix } from '../finding.ts';
import { suppressingFixes } from '../settings/suppressions/write.ts';
import type { Span, XmlDocument } from '../xml/tree.ts';

export interface CodeAction {
  readonly fix: Fix;
  readonly finding: Finding;
}

/** Working out a fix may mean to check the document again: with everything selected, the first findings must do. */
const MOST_FINDINGS = 30;

/** The fixes of the findings that touch a span, in document order. */
export function codeActions(findings: readonly Finding[], span: Span): CodeAction[] {
  return touching(findings, span).flatMap((finding) => finding.fixes().map((fix) => ({ fix, finding })));
}

/** The ways to silence the findings that touch a span: what one wants least, so it comes after all fixes. */
export function suppressingActions(findings: readonly Finding[], span: Span, document: XmlDocument): CodeAction[] {
  return touching(findings, span).flatMap((finding) =>
    suppressingFixes(finding, document).map((fix) => ({ fix, finding })),
  );
}

function touching(findings: readonly Finding[], span: Span): Finding[] {
  return findings.filter((finding) => finding.start <= span.end && finding.end >= span.start).slice(0, MOST_FINDINGS);
}

/** The parser's problems as findings: what is wrong in words, and the edits that mend it. */
import type { Finding, RelatedPlace, Severity } from '../finding.ts';
import { say } from '../l10n/say.ts';
import { problemFixes } from './problemFixes.ts';
import { problemMessage } from './problemMessages.ts';
import { nameSpan } from './query.ts';
import type { XmlDocument, XmlProblem } from './tree.ts';

/** One finding for each problem, in document order. */
export function wellFormednessFindings(document: XmlDocument): Finding[] {
  return document.problems.map((problem) => {
    const related = relatedPlace(problem);
    return {
      rule: `xml/${problem.code}`,
      page: 'xml/well-formed',
      severity: severityOf(problem),
      start: problem.start,
      end: problem.end,
      message: problemMessage(problem),
      ...(related && { related: [related] }),
      fixes: () => problemFixes(problem, document),
    };
  });
}

/** libvirt refuses all of them but one: what stands under an unbound prefix it silently passes over. */
function severityOf(problem: XmlProblem): Severity {
  return problem.code === 'unbound-prefix' ? 'warning' : 'error';
}

/** The other end of a pair that does not match. */
function relatedPlace({ code, node, name }: XmlProblem): RelatedPlace | null {
  if (code === 'mismatched-end-tag' && node?.kind === 'element') {
    return { ...nameSpan(node), message: say`\`<${node.name}>\` is opened here.` };
  }
  if (code === 'duplicate-attribute' && node?.kind === 'attribute') {
    const first = node.parent.attributes.find((attribute) => attribute.name === name);
    if (first) return { start: first.nameStart, end: first.nameEnd, message: say`\`${name}\` is given here first.` };
  }
  return null;
}

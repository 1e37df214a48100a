/** The whole check of one document: what the parser, the grammar and the rules find, in document order. */
import { Domain } from './domain/domain.ts';
import type { Finding } from './finding.ts';
import { grammarFindings } from './grammar/findings.ts';
import { Grammar } from './grammar/grammar.ts';
import { understand } from './grammar/understood.ts';
import { allRules } from './rules/index.ts';
import { parseXml } from './xml/parse.ts';
import { wellFormednessFindings } from './xml/problems.ts';
import type { Span, XmlDocument } from './xml/tree.ts';

/** Checks a parsed domain document. Never throws for what stands in the document. */
export function checkDocument(document: XmlDocument): Finding[] {
  let findings: readonly Finding[] = wellFormednessFindings(document);
  if (document.root?.name === 'domain') {
    const examination = Grammar.domain().examine(document);
    const understood = understand(document, examination.errors);
    const domain = new Domain(understood.document, understood.document.root ?? document.root);
    const guessed = new Set(understood.guessedValues.map(placeOf));
    const ruled = allRules.flatMap((rule) => rule.check(domain)).filter((finding) => !guessed.has(placeOf(finding)));
    // Not by push: of a document of 50,000 faulty devices these are more than a call takes arguments.
    findings = [...findings, ...withoutEchoes(grammarFindings(examination), ruled), ...ruled];
  }
  return [...findings].sort((a, b) => a.start - b.start || a.end - b.end);
}

function placeOf({ start, end }: Span): string {
  return `${start}-${end}`;
}

/** Errors of the grammar that may be shown on more than the one token that a rule names. */
const ATTRIBUTE_RULES: ReadonlySet<string> = new Set(['grammar/wrong-value', 'grammar/conflicting-attribute']);

/** One mistake, one message: where a refusal says why, the grammar need not say that it is so. */
function withoutEchoes(grammar: readonly Finding[], ruled: readonly Finding[]): Finding[] {
  const refusals = ruled.filter((finding) => finding.severity === 'error');
  const told = new Set(refusals.map(placeOf));
  const holdsRefusal = (finding: Finding) =>
    ATTRIBUTE_RULES.has(finding.rule) &&
    refusals.some(({ start, end }) => start >= finding.start && end <= finding.end);
  const ends = new Set(refusals.flatMap((finding) => finding.related ?? []).map(placeOf));
  return grammar.filter(
    (finding) =>
      !told.has(placeOf(finding)) &&
      !holdsRefusal(finding) &&
      !(finding.rule.startsWith('grammar/conflicting-') && ends.has(placeOf(finding))),
  );
}

/** Parses and checks a text. */
export function checkText(text: string): Finding[] {
  return checkDocument(parseXml(text));
}

/** The whole check of one document: what the parser, the grammar and the rules find, in document order. */
import { Domain } from './domain/domain.ts';
import type { Finding } from './finding.ts';
import { grammarFindings } from './grammar/findings.ts';
import { Grammar } from './grammar/grammar.ts';
import { allRules } from './rules/index.ts';
import { parseXml } from './xml/parse.ts';
import { wellFormednessFindings } from './xml/problems.ts';
import type { XmlDocument } from './xml/tree.ts';

/** Checks a parsed domain document. Never throws for what stands in the document. */
export function checkDocument(document: XmlDocument): Finding[] {
  const findings = wellFormednessFindings(document);
  if (document.root?.name === 'domain') {
    findings.push(...grammarFindings(document, Grammar.domain()));
    const domain = new Domain(document, document.root);
    for (const rule of allRules) findings.push(...rule.check(domain));
  }
  return findings.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Parses and checks a text. */
export function checkText(text: string): Finding[] {
  return checkDocument(parseXml(text));
}

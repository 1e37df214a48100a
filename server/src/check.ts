/** The whole check of one document: what the parser, the grammar and the rules find, in document order. */
import { Domain } from './domain/domain.ts';
import { chooseHosts, hostsOf } from './domain/hosts.ts';
import { optionsOf } from './domain/options.ts';
import type { Finding } from './finding.ts';
import { chooseGrammar, type GrammarChoice, grammarsOf } from './grammar/chosen.ts';
import type { GrammarError } from './grammar/error.ts';
import type { SinceWhen } from './grammar/tooNew.ts';
import { understand } from './grammar/understood.ts';
import { grammarVerdict } from './grammar/verdict.ts';
import type { HostFacts } from './host/facts.ts';
import { cardPath } from './knowledge/cardPath.ts';
import { firstRelease, mayBeDated } from './knowledge/firstRelease.ts';
import { RuleIndex } from './rules/asked.ts';
import { allRules } from './rules/index.ts';
import { parseXml } from './xml/parse.ts';
import { wellFormednessFindings } from './xml/problems.ts';
import type { Span, XmlDocument, XmlElement } from './xml/tree.ts';

/**
 * Checks a parsed document of any of libvirt's kinds. Never throws for what stands in the document.
 * @param known what the rules say, where that is known already: they are not asked then
 */
export function checkDocument(document: XmlDocument, known?: readonly Finding[]): Finding[] {
  let findings: readonly Finding[] = wellFormednessFindings(document);
  const grammars = grammarsOf(document);
  if (document.root && grammars) {
    const verdict = grammarVerdict(document, grammars, sinceWhen);
    const isDomain = document.root.name === 'domain';
    const ruled = known ?? (isDomain ? ruleFindings(document, document.root, verdict.errors) : []);
    // Not by push: of a document of 50,000 faulty devices these are more than a call takes arguments.
    findings = [...findings, ...withoutEchoes(verdict.findings, ruled), ...ruled];
  }
  return [...findings].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** What the rules said, of everything that was found. */
export function ofRules(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ rule }) => !/^(xml|grammar)\//.test(rule));
}

let ruleIndex: RuleIndex | undefined;

/** What the rules say of a domain, read as it was meant. */
function ruleFindings(document: XmlDocument, root: XmlElement, errors: readonly GrammarError[]): Finding[] {
  const understood = understand(document, errors);
  const domain = new Domain(
    understood.document,
    understood.document.root ?? root,
    optionsOf(document),
    hostsOf(document),
  );
  const guessed = new Set(understood.guessed.map(placeOf));
  const unclear = unclearDevices(errors);
  const inUnclear = ({ start, end }: Span): boolean =>
    unclear.some(
      ({ owner, error }) => owner.start <= start && end <= owner.end && !(start < error.end && error.start < end),
    );
  const isSound = (finding: Finding): boolean =>
    !guessed.has(placeOf(finding)) && !inUnclear(finding) && !finding.related?.some(inUnclear);
  ruleIndex ??= new RuleIndex(allRules);
  const findings: Finding[] = [];
  for (const rule of ruleIndex.askedOf(domain))
    for (const finding of rule.check(domain)) if (errors.length === 0 || isSound(finding)) findings.push(finding);
  return findings;
}

/**
 * Devices of which the grammar says that what they are is missing or wrong: rules would judge another device than the one that is
 * meant. Of the very token that is wrong a rule may speak: it says why.
 */
function unclearDevices(
  errors: readonly GrammarError[],
): { readonly owner: XmlElement; readonly error: GrammarError }[] {
  return errors.flatMap((error) =>
    (error.code === 'missing-attribute' || error.code === 'wrong-value') && error.owner.parent?.name === 'devices'
      ? [{ owner: error.owner, error }]
      : [],
  );
}

const sinceWhen: SinceWhen = ({ element, attribute, value }) => {
  if (!attribute) return mayBeDated(element.name) ? firstRelease(cardPath(element)) : undefined;
  const step = `@${attribute.name}${value === undefined ? '' : `='${value}'`}`;
  return mayBeDated(step) ? firstRelease(`${cardPath(element)}/${step}`) : undefined;
};

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
export function checkText(text: string, choice?: GrammarChoice, hosts: readonly HostFacts[] = []): Finding[] {
  const document = parseXml(text);
  if (choice) chooseGrammar(document, choice);
  chooseHosts(document, hosts);
  return checkDocument(document);
}

/**
 * A rule: find (where), say (what, why, what to do), fix (the edits).
 * An advice rule stands alone in `<area>/<name>.ts` with its page `<name>.md` beside it.
 * Refusals of one family share a module `<area>/<family>.ts` that exports a table of them, and one page.
 */
import type { Domain } from '../domain/domain.ts';
import type { Finding, Fix, RelatedPlace, Severity } from '../finding.ts';
import type { Span } from '../xml/tree.ts';

export interface RuleDefinition<Match> {
  /** `area/name`. Stable: suppressions and pages refer to it. */
  readonly id: string;
  /** The page that explains it, without `.md`; default: the id. Refusals name their family. */
  readonly page?: string;
  readonly severity: Severity;
  readonly tags?: Finding['tags'];
  /** First libvirt release that has what the rule speaks of; examples are shown to a real libvirt of that release or newer. */
  readonly since?: string;
  /**
   * Names without which a document gives the rule nothing to say, so that it need not look: elements (`disk`) and attributes
   * (`@cache`), all of them needed; `cpu|vcpu` where one of some is enough.
   */
  readonly needs?: readonly string[];
  /** Every place that the rule speaks of. Linear in the size of the document. */
  readonly find: (domain: Domain) => Iterable<Match>;
  readonly say: (match: Match, domain: Domain) => Saying;
  /** The repairs, best first; the first is the preferred one. */
  readonly fix?: (match: Match, domain: Domain) => readonly Fix[];
}

export interface Saying {
  /** The token that is wrong, never more than a start tag. */
  readonly at: Span;
  /** Attribute names and values in backquotes, tags as `<driver>`. */
  readonly message: string;
  /** The other end of a conflict. */
  readonly related?: readonly RelatedPlace[];
}

export interface Rule {
  readonly id: string;
  readonly page: string;
  readonly severity: Severity;
  readonly since: string | undefined;
  readonly hasFix: boolean;
  /** One of each group must stand in the document (RuleDefinition.needs). */
  readonly needs: readonly (readonly string[])[];
  readonly check: (domain: Domain) => Finding[];
}

/** Ties the three functions of a rule together; what a match is stays the rule's own affair. */
export function defineRule<Match>(definition: RuleDefinition<Match>): Rule {
  const { id, severity, tags, fix } = definition;
  const page = definition.page ?? id;
  return {
    id,
    page,
    severity,
    since: definition.since,
    hasFix: fix !== undefined,
    needs: (definition.needs ?? []).map((names) => names.split('|')),
    check(domain) {
      const findings: Finding[] = [];
      for (const match of definition.find(domain)) {
        const { at, message, related } = definition.say(match, domain);
        findings.push({
          rule: id,
          page,
          severity,
          start: at.start,
          end: at.end,
          message,
          ...(related && { related }),
          ...(tags && { tags }),
          fixes: () =>
            (fix?.(match, domain) ?? []).map((one, index) => (index === 0 ? { ...one, preferred: true } : one)),
        });
      }
      return findings;
    },
  };
}

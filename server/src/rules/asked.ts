/** Which rules a document gives something to say to: found by the names that stand in it, so that the others cost nothing. */
import type { Domain } from '../domain/domain.ts';
import type { Rule } from './rule.ts';

export class RuleIndex {
  readonly #rules: readonly Rule[];
  /** By one of the names that each needs: the one that the fewest rules need. Numbers are places in the list. */
  readonly #byName = new Map<string, number[]>();
  /** Those that need no single name. */
  readonly #others: number[] = [];

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
    const uses = new Map<string, number>();
    for (const name of rules.flatMap(singleNames)) uses.set(name, (uses.get(name) ?? 0) + 1);
    for (const [index, rule] of rules.entries()) {
      const [rarest] = singleNames(rule).sort((a, b) => (uses.get(a) ?? 0) - (uses.get(b) ?? 0));
      if (rarest === undefined) this.#others.push(index);
      else this.#byName.set(rarest, [...(this.#byName.get(rarest) ?? []), index]);
    }
  }

  /** The rules that may find something, in their own order. */
  askedOf(domain: Domain): Rule[] {
    const isCandidate = new Uint8Array(this.#rules.length);
    for (const index of this.#others) isCandidate[index] = 1;
    for (const name of domain.names) {
      const known = this.#byName.get(name);
      if (known) for (const index of known) isCandidate[index] = 1;
    }
    const asked: Rule[] = [];
    for (let index = 0; index < isCandidate.length; index++) {
      const rule = isCandidate[index] ? this.#rules[index] : undefined;
      if (rule && hasAll(domain, rule)) asked.push(rule);
    }
    return asked;
  }
}

function singleNames({ needs }: Rule): string[] {
  return needs.flatMap((names) => (names.length === 1 ? names : []));
}

/** Plain loops: it is asked at every key. */
function hasAll(domain: Domain, { needs }: Rule): boolean {
  for (const names of needs) {
    let found = false;
    for (const name of names) if (domain.has(name)) found = true;
    if (!found) return false;
  }
  return true;
}

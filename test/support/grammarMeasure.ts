/** Puts errors into valid domains and counts: is each found, at its place and alone, and does the preferred fix mend it? */
import { checkText } from '../../server/src/check.ts';
import { applyEdits, type Finding } from '../../server/src/finding.ts';
import { domainGrammar } from '../../server/src/grammar/builtIn.ts';
import { parseXml } from '../../server/src/xml/parse.ts';
import type { Span } from '../../server/src/xml/tree.ts';
import { applyChanges, independentInjections, injection, type ValidDomain } from './injections.ts';
import type { Random } from './random.ts';

export interface InjectionFigures {
  readonly count: number;
  /** An error stands at the place. */
  readonly found: number;
  /** And no other error stands anywhere. */
  readonly exact: number;
  /** The preferred fix, or else the first, leaves a valid document. */
  readonly repaired: number;
  /** And the text that was there before. */
  readonly restored: number;
  readonly misses: readonly string[];
}

export interface IndependentFigures {
  readonly errors: number;
  readonly found: number;
  readonly diagnostics: number;
}

const touches = (places: readonly Span[], { start, end }: Span) =>
  places.some((place) => start < Math.max(place.end, place.start + 1) && end > place.start);

const errorsOf = (text: string) => checkText(text).filter((finding) => finding.severity === 'error');

/** @param domains at least one of which the kind of error can be put into */
export function measureInjections(
  domains: readonly [ValidDomain, ...ValidDomain[]],
  kind: string,
  count: number,
  random: Random,
): InjectionFigures {
  const figures = { count: 0, found: 0, exact: 0, repaired: 0, restored: 0, misses: [] as string[] };
  while (figures.count < count) {
    const domain = random.pick(domains);
    const made = injection(domain, kind, random);
    if (!made) continue;
    figures.count++;
    const text = applyChanges(domain.document.text, made.changes);
    const errors = errorsOf(text);
    const places = made.places(text);
    const hits = errors.filter((error) => touches(places, error));
    if (hits.length) figures.found++;
    if (hits.length && hits.length === errors.length) figures.exact++;
    else figures.misses.push(`${kind} in ${domain.name}: ${errors.map(({ message }) => message).join(' ')}`);
    const mended = hits[0] && applyPreferred(text, hits[0]);
    if (mended === undefined) continue;
    if (domainGrammar().accepts(parseXml(mended))) figures.repaired++;
    if (mended === domain.document.text) figures.restored++;
  }
  return figures;
}

function applyPreferred(text: string, finding: Finding): string | undefined {
  const fixes = finding.fixes();
  const fix = fixes.find((one) => one.preferred) ?? fixes[0];
  return fix && applyEdits(text, fix.edits);
}

/** Files with several independent errors each. */
export function measureIndependent(
  domains: readonly [ValidDomain, ...ValidDomain[]],
  files: number,
  each: number,
  random: Random,
): IndependentFigures {
  const figures = { errors: 0, found: 0, diagnostics: 0 };
  for (let made = 0; made < files; ) {
    const several = independentInjections(random.pick(domains), each, random);
    if (!several) continue;
    made++;
    const errors = domainGrammar().check(parseXml(several.text));
    figures.errors += each;
    figures.diagnostics += errors.length;
    figures.found += several.places.filter((places) => errors.some((error) => touches(places, error))).length;
  }
  return figures;
}

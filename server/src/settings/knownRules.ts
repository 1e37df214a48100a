/** Every rule by which something can be found, whoever speaks it: what settings and suppressions may name. */
import type { Severity } from '../finding.ts';
import { grammarCodes } from '../grammar/codes.ts';
import { allRules } from '../rules/index.ts';
import { problemCodes } from '../xml/problemMessages.ts';

export interface KnownRule {
  readonly id: string;
  readonly page: string;
  readonly severity: Severity;
  /** It offers a fix, most times at least. */
  readonly hasFix: boolean;
  readonly since?: string | undefined;
}

const suppressionRules = ['unused-suppression', 'unknown-rule', 'missing-reason', 'invalid-suppression'];

/** What virtlint says of its own settings. */
const ownRules: readonly KnownRule[] = [
  { id: 'virtlint/project-file', page: 'virtlint/project-file', severity: 'error', hasFix: true },
  ...suppressionRules.map(
    (name): KnownRule => ({
      id: `virtlint/${name}`,
      page: 'virtlint/suppressions',
      severity: 'warning',
      hasFix: name !== 'missing-reason',
    }),
  ),
];

/** The parser and the grammar speak of errors, but for these. */
const mildCodes = new Set(['xml/unbound-prefix', 'grammar/newer-than-target']);

function builtIn(area: string, page: string, codes: readonly string[]): KnownRule[] {
  return codes.map((code) => {
    const id = `${area}/${code}`;
    return { id, page, severity: mildCodes.has(id) ? 'warning' : 'error', hasFix: true };
  });
}

let known: ReadonlyMap<string, KnownRule> | undefined;

/** By id, in the order of the areas. */
export function knownRules(): ReadonlyMap<string, KnownRule> {
  known ??= new Map(
    [
      ...builtIn('xml', 'xml/well-formed', problemCodes),
      ...builtIn('grammar', 'grammar/grammar', grammarCodes),
      ...allRules,
      ...ownRules,
    ].map(({ id, page, severity, hasFix, since }) => [id, { id, page, severity, hasFix, since }]),
  );
  return known;
}

/** `disk` of `disk/cache-default`, and of `disk` itself. */
export function areaOf(rule: string): string {
  return rule.split('/', 1)[0] ?? '';
}

/** Whether settings may change how loudly a rule is told: a text that is no XML is nothing to libvirt, whatever somebody wishes. */
export function isMovable(rule: string): boolean {
  return areaOf(rule) !== 'xml';
}

/** Whether a suppression may silence a rule: nor those about suppressions themselves. */
export function isSuppressible(rule: string): boolean {
  return isMovable(rule) && areaOf(rule) !== 'virtlint';
}

/** The areas whose severity can be set, each once. */
export function movableAreas(): string[] {
  return [...new Set([...knownRules().keys()].filter(isMovable).map(areaOf))];
}

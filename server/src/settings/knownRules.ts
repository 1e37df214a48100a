/** Every rule by which something can be found, whoever speaks it: what settings and suppressions may name. */
import { grammarCodes } from '../grammar/codes.ts';
import { allRules } from '../rules/index.ts';
import { problemCodes } from '../xml/problemMessages.ts';

export interface KnownRule {
  readonly id: string;
  readonly page: string;
  readonly hasFix: boolean;
}

/** What virtlint says of its own settings: id → page. */
const ownRules: Readonly<Record<string, string>> = {
  'virtlint/project-file': 'virtlint/project-file',
  'virtlint/unused-suppression': 'virtlint/suppressions',
  'virtlint/unknown-rule': 'virtlint/suppressions',
  'virtlint/missing-reason': 'virtlint/suppressions',
  'virtlint/invalid-suppression': 'virtlint/suppressions',
};

let known: ReadonlyMap<string, KnownRule> | undefined;

/** By id, in the order of the areas. */
export function knownRules(): ReadonlyMap<string, KnownRule> {
  known ??= new Map(
    [
      ...problemCodes.map((code) => ({ id: `xml/${code}`, page: 'xml/well-formed', hasFix: true })),
      ...grammarCodes.map((code) => ({ id: `grammar/${code}`, page: 'grammar/grammar', hasFix: true })),
      ...allRules,
      ...Object.entries(ownRules).map(([id, page]) => ({ id, page, hasFix: true })),
    ].map(({ id, page, hasFix }) => [id, { id, page, hasFix }]),
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

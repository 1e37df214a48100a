/**
 * The shape of `.virtlint.json`, described once: its JSON schema (jsonSchema.ts) and what is said of a wrong file
 * (shapeProblems.ts) both come from it.
 */
import { ruleOptions } from '../domain/options.ts';
import { type Phrase, phrase } from '../l10n/say.ts';
import { isMovable, isSuppressible, knownRules, movableAreas } from './knownRules.ts';
import { profiles } from './profiles/index.ts';
import { severityChoices } from './severity.ts';

/** A shape with a `name` stands in several places; the JSON schema defines it once. */
export type Shape = { readonly name?: string } & (
  | { readonly kind: 'object'; readonly keys: Readonly<Record<string, Key>> }
  /** Any number of keys, each one of `names` (name → what it is); all values alike. */
  | { readonly kind: 'map'; readonly what: Phrase; readonly names: () => Names; readonly value: Shape }
  | { readonly kind: 'word'; readonly what: Phrase; readonly words: Names }
  | { readonly kind: 'text'; readonly what: Phrase; readonly pattern: RegExp; readonly examples: readonly string[] }
  | { readonly kind: 'number'; readonly what: Phrase; readonly usual: number }
  | { readonly kind: 'list'; readonly item: Shape; readonly orOne?: true }
);

/** Name → what it means; of a rule its page tells. */
export type Names = Readonly<Record<string, Phrase | undefined>>;

export interface Key {
  readonly about: Phrase;
  readonly shape: Shape;
  readonly required?: true;
}

const severityMap: Shape = {
  name: 'severities',
  kind: 'map',
  what: phrase`rule or area`,
  names: () => ({ ...areaNames(), ...ruleNames(isMovable) }),
  value: { name: 'severity', kind: 'word', what: phrase`severity`, words: severityChoices },
};

/** Every option of rules, by rule and name. */
const optionShape: Shape = {
  name: 'options',
  kind: 'object',
  keys: Object.fromEntries(
    [...new Set(ruleOptions.map(({ rule }) => rule))].map((rule) => [
      rule,
      { about: phrase`Options of ${rule}.`, shape: { kind: 'object', keys: optionKeys(rule) } },
    ]),
  ),
};

function optionKeys(rule: string): Record<string, Key> {
  const own = ruleOptions.filter((option) => option.rule === rule);
  return Object.fromEntries(
    own.map(({ name, about, usual }) => [
      name,
      { about, shape: { kind: 'number', what: phrase`number from 0`, usual } },
    ]),
  );
}

const titles = Object.entries(profiles).map(([name, { title }]) => [name, title] as const);

const common = {
  profile: {
    about: phrase`The kinds of guest that the domains are: moves the severities of the rules that matter to them.`,
    shape: {
      kind: 'list',
      orOne: true,
      item: { name: 'profile', kind: 'word', what: phrase`profile`, words: Object.fromEntries(titles) },
    },
  },
  targetVersion: {
    about: phrase`The libvirt release that the documents are written for: what is newer is marked. The newest where it is left out.`,
    shape: {
      kind: 'text',
      what: phrase`libvirt release such as 9.0`,
      pattern: /^\d{1,4}(\.\d{1,4}){1,2}$/,
      examples: ['9.0', '11.3'],
    },
  },
  severity: {
    about: phrase`How loudly a rule is told. An area moves its advice; what libvirt refuses is moved by its own name only.`,
    shape: severityMap,
  },
  options: { about: phrase`Figures that some rules judge by.`, shape: optionShape },
} as const satisfies Readonly<Record<string, Key>>;

const anyText: Shape = { kind: 'text', what: phrase`text`, pattern: /\S/, examples: [] };

const override: Shape = {
  kind: 'object',
  keys: {
    files: {
      about: phrase`Globs of the files that this is for, relative to the folder of this file. One without a slash fits in any folder.`,
      shape: {
        kind: 'list',
        orOne: true,
        item: { kind: 'text', what: phrase`glob`, pattern: /\S/, examples: ['lab/**', '*.test.xml'] },
      },
      required: true,
    },
    ...common,
    suppress: {
      about: phrase`Rules that are silent in these files, each with the reason why.`,
      shape: {
        kind: 'map',
        what: phrase`rule`,
        names: () => ruleNames(isSuppressible),
        value: { name: 'reason', kind: 'text', what: phrase`reason`, pattern: /\S/, examples: [] },
      },
    },
  },
};

export const projectFileShape: Shape = {
  kind: 'object',
  keys: {
    $schema: { about: phrase`The JSON schema of this file, for editors.`, shape: anyText },
    ...common,
    overrides: {
      about: phrase`Settings for some of the files. Of several that fit a file, later ones win.`,
      shape: { kind: 'list', item: override },
    },
  },
};

function areaNames(): Names {
  return Object.fromEntries(movableAreas().map((area) => [area, phrase`The advice of all rules ${area}/…`]));
}

function ruleNames(isMeant: (rule: string) => boolean): Names {
  return Object.fromEntries([...knownRules().keys()].filter(isMeant).map((id) => [id, undefined]));
}

/** What a project file, an editor or the command line says about rules: one shape for all of them. */
import { type OptionValues, type RuleOption, ruleOptions } from '../domain/options.ts';
import { isRelease } from '../grammar/release.ts';
import { isMovable } from './knownRules.ts';
import { isProfileName, type ProfileName } from './profiles/index.ts';
import { isSeverityChoice, type SeverityChoices } from './severity.ts';

export interface RuleSettings {
  /** Undefined: nothing is said about profiles; an empty list: none. */
  readonly profiles: readonly ProfileName[] | undefined;
  /** The libvirt release that documents are written for; undefined: the newest. */
  readonly target: string | undefined;
  readonly severity: SeverityChoices;
  readonly options: OptionValues;
}

/** Settings for some files of a project. */
export interface Override extends RuleSettings {
  /** Globs, relative to the folder of the project file. */
  readonly files: readonly string[];
  /** Rule → the reason why it is silent. */
  readonly suppress: ReadonlyMap<string, string>;
}

export interface ProjectSettings extends RuleSettings {
  readonly overrides: readonly Override[];
}

export const noSettings: RuleSettings = {
  profiles: undefined,
  target: undefined,
  severity: new Map(),
  options: new Map(),
};

/** Reads settings from plain JSON. What is unknown or wrong is left out: it is told elsewhere, or nobody's to tell. */
export function ruleSettings(given: unknown): RuleSettings {
  const object = objectIn(given);
  const target = object.get('targetVersion');
  const severity = [...objectIn(object.get('severity'))];
  return {
    profiles: profilesIn(object.get('profile')),
    target: typeof target === 'string' && isRelease(target) ? target : undefined,
    options: optionsIn(object.get('options')),
    severity: new Map(
      severity.flatMap(([name, choice]) => (isMovable(name) && isSeverityChoice(choice) ? [[name, choice]] : [])),
    ),
  };
}

/** The settings of a whole project file. */
export function projectSettings(given: unknown): ProjectSettings {
  const overrides = objectIn(given).get('overrides');
  return {
    ...ruleSettings(given),
    overrides: listIn(overrides).map((one) => ({
      ...ruleSettings(one),
      files: listIn(objectIn(one).get('files')).filter((file) => typeof file === 'string'),
      suppress: new Map(
        [...objectIn(objectIn(one).get('suppress'))].filter(
          (entry): entry is [string, string] => typeof entry[1] === 'string',
        ),
      ),
    })),
  };
}

function optionsIn(given: unknown): OptionValues {
  const values = new Map<RuleOption, number>();
  for (const option of ruleOptions) {
    const value = objectIn(objectIn(given).get(option.rule)).get(option.name);
    if (typeof value === 'number' && value >= 0) values.set(option, value);
  }
  return values;
}

function profilesIn(given: unknown): readonly ProfileName[] | undefined {
  return given === undefined ? undefined : listIn(given).filter(isProfileName);
}

/** The items of a list; a single value is a list of one. */
function listIn(given: unknown): readonly unknown[] {
  if (Array.isArray(given)) return given;
  return given === undefined || given === null ? [] : [given];
}

function objectIn(given: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof given === 'object' && given !== null && !Array.isArray(given) ? Object.entries(given) : []);
}

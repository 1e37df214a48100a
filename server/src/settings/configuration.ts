/** What holds for one document: the project file's settings for it, and above them those of the editor or the command line. */
import type { OptionValues } from '../domain/options.ts';
import type { Finding } from '../finding.ts';
import { fits } from './globs.ts';
import { areaOf, isMovable } from './knownRules.ts';
import { type ProfileName, profiles } from './profiles/index.ts';
import { noSettings, type Override, type ProjectSettings, type RuleSettings } from './settings.ts';
import type { SeverityChoice, SeverityChoices } from './severity.ts';

export interface Configuration {
  /** The libvirt release that the document is written for; undefined: the newest. */
  readonly target: string | undefined;
  /** Rule → the reason why the project file silences it here. */
  readonly suppressed: ReadonlyMap<string, string>;
  /** Figures that rules judge by; the rest is as usual. */
  readonly options: OptionValues;
  readonly severityOf: (finding: Pick<Finding, 'rule' | 'severity'>) => SeverityChoice;
}

export interface Project {
  readonly settings: ProjectSettings;
  /** The document's path below the folder of the project file, with `/` between names. */
  readonly path: string;
}

/** @param own the settings of the editor or the command line, which win */
export function configurationOf(project: Project | undefined, own: RuleSettings): Configuration {
  const overrides = project ? project.settings.overrides.filter(({ files }) => fits(project.path, files)) : [];
  const base: RuleSettings = project?.settings ?? noSettings;
  const said = [base, ...overrides, own];
  const layers = [...(last(said, 'profiles') ?? []).map(movesOf), ...said.map(({ severity }) => severity)];
  return {
    target: last(said, 'target'),
    suppressed: new Map(overrides.flatMap(({ suppress }: Override) => [...suppress])),
    options: new Map(said.flatMap(({ options }) => [...options])),
    severityOf: (finding) => moved(finding, layers),
  };
}

/** What the last of the settings says that says something. */
function last<Key extends 'profiles' | 'target'>(said: readonly RuleSettings[], key: Key): RuleSettings[Key] {
  return said.findLast((one) => one[key] !== undefined)?.[key];
}

function movesOf(name: ProfileName): SeverityChoices {
  return new Map(Object.entries(profiles[name].moves).map(([rule, [severity]]) => [rule, severity]));
}

/** Later layers win; within one, what is said of the rule before what is said of its area. */
function moved(
  { rule, severity }: Pick<Finding, 'rule' | 'severity'>,
  layers: readonly SeverityChoices[],
): SeverityChoice {
  if (!isMovable(rule)) return severity;
  let choice: SeverityChoice = severity;
  for (const layer of layers) {
    // A refusal is no matter of taste: a word about the whole area does not reach it.
    choice = layer.get(rule) ?? (severity === 'error' ? undefined : layer.get(areaOf(rule))) ?? choice;
  }
  return choice;
}

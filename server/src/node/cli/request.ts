/** What the arguments of the command line ask for, with every option sure to be right; or what is wrong with them. */
import { parseArgs } from 'node:util';
import type { WantedFix } from '../../features/mend.ts';
import type { Severity } from '../../finding.ts';
import { isRelease } from '../../grammar/release.ts';
import { chooseLanguage, languageOf } from '../../l10n/languages.ts';
import { say } from '../../l10n/say.ts';
import { areaOf, knownRules } from '../../settings/knownRules.ts';
import { isProfileName, profiles } from '../../settings/profiles/index.ts';
import type { RuleSettings } from '../../settings/settings.ts';
import type { ProjectFileChoice } from './projectSettings.ts';
import { isReportFormat, type ReportFormat, reportFormats } from './report/formats.ts';

interface OnFiles {
  /** Files with the facts of hosts that the documents are for. */
  readonly hosts: readonly string[];
  readonly names: readonly string[];
  readonly projectFile: ProjectFileChoice;
  /** What the options say, which goes before project files. */
  readonly own: RuleSettings;
  readonly standardInputName: string | undefined;
}

export type Request =
  | { readonly kind: 'help' | 'version' }
  | { readonly kind: 'problem'; readonly problem: string }
  | { readonly kind: 'explain'; readonly names: readonly string[] }
  /** A host is reached by its URI; undefined: libvirt's own default. */
  | { readonly kind: 'host-facts'; readonly uri: string | undefined; readonly name: string | undefined }
  | {
      readonly kind: 'rules';
      readonly format: 'table' | 'json';
      readonly areas: readonly string[];
      readonly own: RuleSettings;
    }
  | (OnFiles & {
      readonly kind: 'check';
      readonly format: ReportFormat;
      readonly maxWarnings: number | undefined;
      readonly quiet: boolean;
    })
  | (OnFiles & { readonly kind: 'fix'; readonly wants: WantedFix; readonly dryRun: boolean });

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;
const flag = { type: 'boolean' } as const;

const options = {
  help: { ...flag, short: 'h' },
  version: flag,
  profile: texts,
  target: text,
  config: text,
  'no-config': flag,
  'stdin-name': text,
  format: text,
  'max-warnings': text,
  quiet: flag,
  'dry-run': flag,
  rule: texts,
  severity: text,
  area: texts,
  language: text,
  host: texts,
  connect: { ...text, short: 'c' },
  name: text,
} as const;

/** Taken by every command. */
const everywhere: readonly (keyof typeof options)[] = ['language'];

const onFiles = ['profile', 'target', 'config', 'no-config', 'stdin-name', 'host'] as const;

/** The options that each command takes. */
const commands: Readonly<
  Record<'check' | 'fix' | 'explain' | 'rules' | 'host-facts', readonly (keyof typeof options)[]>
> = {
  check: [...onFiles, 'format', 'max-warnings', 'quiet'],
  fix: [...onFiles, 'dry-run', 'rule', 'severity'],
  explain: [],
  rules: ['area', 'format', 'profile'],
  'host-facts': ['connect', 'name'],
};

export function readRequest(args: string[]): Request {
  const parsed = parse(args);
  if (typeof parsed === 'string') return { kind: 'problem', problem: parsed };
  const { values, positionals } = parsed;
  // Chosen before the first word is said. English unless another is asked for, so that scripts can rely on it.
  chooseLanguage(languageOf(values.language));
  if (values.version) return { kind: 'version' };
  if (values.help) return { kind: 'help' };
  const [command, ...names] = positionals;
  if (!isCommand(command)) {
    const problem = command === undefined ? say`no command` : say`there is no command '${command}'`;
    return { kind: 'problem', problem };
  }
  const taken = new Set<string>([...commands[command], ...everywhere]);
  const stranger = Object.keys(values).find((name) => !taken.has(name));
  if (stranger !== undefined) return { kind: 'problem', problem: say`${command} takes no --${stranger}` };
  const problem = problemOf(command, names, values);
  return problem === undefined ? requestOf(command, names, values) : { kind: 'problem', problem };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options });
  } catch (fault) {
    return fault instanceof Error ? fault.message : String(fault);
  }
}

type Values = Exclude<ReturnType<typeof parse>, string>['values'];
type Command = keyof typeof commands;

function isCommand(given: string | undefined): given is Command {
  return given !== undefined && Object.hasOwn(commands, given);
}

/** The first thing that is wrong with the values of options. */
function problemOf(command: Command, names: readonly string[], values: Values): string | undefined {
  const isOnFiles = command === 'check' || command === 'fix';
  if (isOnFiles && names.length === 0) return say`${command} needs a file, a folder, a glob or -`;
  if (isOnFiles && names.filter((name) => name === '-').length > 1) return say`standard input can be read only once`;
  if (command === 'rules' && names.length > 0) return say`rules takes no names; --area picks an area`;
  if (command === 'host-facts' && names.length > 0) return say`host-facts takes no names; --connect says which host`;
  const { target, severity, 'max-warnings': maxWarnings } = values;
  const formats: readonly string[] = command === 'rules' ? ['table', 'json'] : reportFormats;
  const areas = new Set([...knownRules().keys()].map(areaOf));
  const wrong = [
    values.format !== undefined && !formats.includes(values.format) && unknown('format', values.format, formats),
    maxWarnings !== undefined && !/^\d+$/.test(maxWarnings) && say`--max-warnings takes a number, not '${maxWarnings}'`,
    target !== undefined && !isRelease(target) && say`--target takes a libvirt release such as 9.0, not '${target}'`,
    severity !== undefined && !isSeverity(severity) && unknown('severity', severity, severities),
    values.config !== undefined && values['no-config'] && say`--config and --no-config exclude each other`,
    ...firstOutside('profile', values.profile, Object.keys(profiles)),
    ...firstOutside('area', values.area, [...areas]),
    ...(values.rule ?? []).map(
      (rule) => !knownRules().has(rule) && say`there is no rule '${rule}'; virtlint rules lists them`,
    ),
  ];
  return wrong.find((one) => typeof one === 'string');
}

function firstOutside(what: string, given: readonly string[] | undefined, known: readonly string[]): string[] {
  return (given ?? []).filter((one) => !known.includes(one)).map((one) => unknown(what, one, known));
}

function unknown(what: string, given: string, known: readonly string[]): string {
  return say`there is no ${what} '${given}'; there are ${known.join(say`, `)}`;
}

/** From grave to slight. */
const severities: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

function isSeverity(given: string): given is Severity {
  return severities.some((one) => one === given);
}

function requestOf(command: Command, names: readonly string[], values: Values): Request {
  const own: RuleSettings = {
    profiles: values.profile?.filter(isProfileName),
    target: values.target,
    severity: new Map(),
    options: new Map(),
  };
  const common = {
    names,
    own,
    hosts: values.host ?? [],
    projectFile: projectFileOf(values),
    standardInputName: values['stdin-name'],
  };
  switch (command) {
    case 'explain':
      return { kind: 'explain', names };
    case 'host-facts':
      return { kind: 'host-facts', uri: values.connect, name: values.name };
    case 'rules':
      return { kind: 'rules', own, areas: values.area ?? [], format: values.format === 'json' ? 'json' : 'table' };
    case 'check': {
      const maxWarnings = values['max-warnings'] === undefined ? undefined : Number(values['max-warnings']);
      const { format = 'pretty' } = values;
      return {
        kind: 'check',
        ...common,
        format: isReportFormat(format) ? format : 'pretty',
        maxWarnings,
        quiet: values.quiet === true,
      };
    }
    case 'fix': {
      const least = severities.find((one) => one === values.severity) ?? 'warning';
      const wanted = severities.slice(0, severities.indexOf(least) + 1);
      const rules = values.rule && new Set(values.rule);
      return {
        kind: 'fix',
        ...common,
        wants: { rules, severities: new Set(wanted) },
        dryRun: values['dry-run'] === true,
      };
    }
  }
}

function projectFileOf(values: Values): ProjectFileChoice {
  if (values['no-config']) return { kind: 'none' };
  return values.config === undefined ? { kind: 'nearest' } : { kind: 'this', file: values.config };
}

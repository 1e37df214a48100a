/** `virtlint check`: the editor's diagnostics on the command line. */
import type { Finding, Severity } from '../../finding.ts';
import type { HostFacts } from '../../host/facts.ts';
import { say } from '../../l10n/say.ts';
import { checked, passedOver } from './documents.ts';
import { readInputs } from './input.ts';
import type { ProjectSettings } from './projectSettings.ts';
import type { Report } from './report/report.ts';

export interface CheckOptions {
  /** Where the VMs shall run. */
  readonly hosts: readonly HostFacts[];
  readonly report: Report;
  /** More warnings than this are a failure; undefined: any number will do. */
  readonly maxWarnings: number | undefined;
  /** Only errors are told. */
  readonly quiet: boolean;
  readonly standardInputName: string | undefined;
}

export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Nothing refused; something of severity error, or too many warnings; bad usage or input that cannot be read. */
export const EXIT = { clean: 0, findings: 1, usage: 2 } as const;

/** Checks files, folders, globs and "-", prints what is found, and returns the exit status. */
export function check(
  names: readonly string[],
  settings: ProjectSettings,
  { hosts, report, maxWarnings, quiet, standardInputName }: CheckOptions,
  { out, err }: Streams,
): number {
  const counts = { files: 0, error: 0, warning: 0, information: 0, hint: 0 };
  let unreadable = false;
  const tell = (name: string, text: string, findings: readonly Finding[]): void => {
    for (const finding of findings) counts[finding.severity]++;
    out(report.file({ name, text, findings: findings.filter(({ severity }) => isTold(severity, quiet)) }));
  };
  for (const input of readInputs(names, standardInputName)) {
    if ('problem' in input) {
      unreadable = true;
      err(say`virtlint: ${input.name}: ${input.problem}\n`);
      continue;
    }
    const passed = passedOver(input);
    if (passed !== undefined) {
      err(passed);
      continue;
    }
    const { configuration, faulty, note: noteUse } = settings.settingsOf(input.name);
    if (faulty) tell(faulty.name, faulty.text, faulty.findings);
    counts.files++;
    const { findings, silenced } = checked(input.text, configuration, hosts);
    noteUse(silenced);
    tell(input.name, input.text, findings);
  }
  for (const { name, text, findings } of settings.unusedBelow(names)) tell(name, text, findings);
  out(report.end(counts));
  if (unreadable) return EXIT.usage;
  const tooMany = maxWarnings !== undefined && counts.warning > maxWarnings;
  if (tooMany) err(say`virtlint: ${counts.warning} warnings, ${maxWarnings} allowed (--max-warnings)\n`);
  return counts.error > 0 || tooMany ? EXIT.findings : EXIT.clean;
}

function isTold(severity: Severity, quiet: boolean): boolean {
  return !quiet || severity === 'error';
}

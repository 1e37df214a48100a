/** `virtlint fix`: makes the preferred fixes, until there is nothing left to mend. */
import { writeFileSync } from 'node:fs';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { mend, type WantedFix } from '../../features/mend.ts';
import type { HostFacts } from '../../host/facts.ts';
import { say } from '../../l10n/say.ts';
import type { Configuration } from '../../settings/configuration.ts';
import { EXIT, type Streams } from './check.ts';
import { findingsOf, passedOver } from './documents.ts';
import { encode } from './encoding.ts';
import { type Input, readInputs, reason } from './input.ts';
import type { ProjectSettings } from './projectSettings.ts';

export interface FixOptions {
  /** Where the VMs shall run. */
  readonly hosts: readonly HostFacts[];
  readonly wants: WantedFix;
  /** Show what would be changed, and change nothing. */
  readonly dryRun: boolean;
  readonly standardInputName: string | undefined;
}

/** Mends files, folders, globs and "-" (whose text is printed), and returns the exit status: 1 where errors remain. */
export function fix(
  names: readonly string[],
  settings: ProjectSettings,
  { hosts, wants, dryRun, standardInputName }: FixOptions,
  { out, err }: Streams,
): number {
  const counts = { files: 0, fixes: 0, errors: 0 };
  let unreadable = false;
  const fail = (name: string, problem: string): void => {
    unreadable = true;
    err(say`virtlint: ${name}: ${problem}\n`);
  };
  for (const input of readInputs(names, standardInputName)) {
    if ('problem' in input) {
      fail(input.name, input.problem);
      continue;
    }
    const note = passedOver(input);
    if (note !== undefined) {
      err(note);
      if (input.isStandardInput && !dryRun) out(input.text);
      continue;
    }
    const { configuration, faulty } = settings.settingsOf(input.name);
    if (faulty) err(say`virtlint: ${faulty.name} is not understood in full; virtlint check tells more\n`);
    const { text, made } = mend(input.text, (given) => findingsOf(given, configuration, hosts), wants);
    counts.errors += errorsIn(text, configuration, hosts);
    if (input.isStandardInput && !dryRun) out(text);
    if (text === input.text) continue;
    if (!input.encoding.isExact) {
      fail(input.name, say`is not changed: some of its bytes are no text in its encoding, save it as UTF-8`);
      continue;
    }
    counts.files++;
    counts.fixes += made.length;
    if (dryRun) out(patch(input.name, input.text, text));
    else if (!input.isStandardInput) {
      const problem = write(input, text);
      if (problem !== undefined) fail(input.name, problem);
      else out(made.map(({ rule, title }) => `${input.name}: ${title} [${rule}]\n`).join(''));
    }
  }
  err(summary(counts, dryRun));
  if (unreadable) return EXIT.usage;
  return counts.errors > 0 || (dryRun && counts.fixes > 0) ? EXIT.findings : EXIT.clean;
}

/** As `git diff` writes it; `patch -p1` reads it. */
function patch(name: string, before: string, after: string): string {
  const below = name.replace(/^\/+/, '');
  const headers = { headerOptions: FILE_HEADERS_ONLY };
  return createTwoFilesPatch(`a/${below}`, `b/${below}`, before, after, undefined, undefined, headers);
}

function errorsIn(text: string, configuration: Configuration, hosts: readonly HostFacts[]): number {
  return findingsOf(text, configuration, hosts).filter(({ severity }) => severity === 'error').length;
}

function write({ name, encoding }: Input, text: string): string | undefined {
  try {
    writeFileSync(name, encode(text, encoding));
    return undefined;
  } catch (fault) {
    return say`cannot be written: ${reason(fault)}`;
  }
}

function summary({ files, fixes, errors }: { files: number; fixes: number; errors: number }, dryRun: boolean): string {
  const done = dryRun ? say`would be made` : 'made';
  const left =
    errors > 0 ? say`; ${errors} error${errors === 1 ? '' : 's'} ${dryRun ? say`would remain` : say`remain`}` : '';
  return say`virtlint: ${fixes} fix${fixes === 1 ? '' : 'es'} ${done} in ${files} file${files === 1 ? '' : 's'}${left}\n`;
}

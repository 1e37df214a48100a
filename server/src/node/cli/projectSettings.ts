/** The settings of each file that the command line reads: of its project file, or of the one that was named. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Configuration, configurationOf } from '../../settings/configuration.ts';
import { type ProjectFile, readProjectFile } from '../../settings/projectFile.ts';
import { ProjectUse } from '../../settings/projectUse.ts';
import type { RuleSettings } from '../../settings/settings.ts';
import { ProjectFileFinder, pathBelow } from '../projectFiles.ts';
import { reason } from './input.ts';
import type { Checked } from './report/report.ts';

/** Which project files count. */
export type ProjectFileChoice =
  | { readonly kind: 'nearest' }
  | { readonly kind: 'none' }
  /** This one, for every file. */
  | { readonly kind: 'this'; readonly file: string };

export interface FileSettings {
  readonly configuration: Configuration;
  /** The project file, where something is wrong with it and it was not met before. */
  readonly faulty?: Checked;
  /** Takes note of what the project file has silenced in this file. */
  readonly note: (silenced: ReadonlySet<string>) => void;
}

export class ProjectSettings {
  readonly #finder = new ProjectFileFinder();
  readonly #files = new Map<string, { readonly project: ProjectFile; readonly use: ProjectUse }>();
  readonly #choice: ProjectFileChoice;
  readonly #own: RuleSettings;
  readonly #named: string | undefined;

  /** @param own options of the command line, which win. Throws where the named project file cannot be read. */
  constructor(choice: ProjectFileChoice, own: RuleSettings) {
    this.#choice = choice;
    this.#own = own;
    this.#named = choice.kind === 'this' ? readFileSync(choice.file, 'utf8') : undefined;
  }

  settingsOf(name: string): FileSettings {
    const found = this.#find(path.resolve(name));
    if (!found) return { configuration: configurationOf(undefined, this.#own), note: () => {} };
    const known = this.#files.get(found.file);
    const { project, use } = known ?? opened(found.text);
    this.#files.set(found.file, { project, use });
    const note = (silenced: ReadonlySet<string>): void => use.note(found.path, silenced);
    const configuration = configurationOf({ settings: project.settings, path: found.path }, this.#own);
    if (known || project.findings.length === 0) return { configuration, note };
    return {
      configuration,
      note,
      faulty: { name: shortName(found.file), text: project.text, findings: project.findings },
    };
  }

  /** Of the project files whose whole folder was checked: the suppressions that silence nothing. */
  unusedBelow(names: readonly string[]): Checked[] {
    const folders = names.map((name) => path.resolve(name));
    const isWhole = (file: string) =>
      folders.some((folder) => !path.relative(folder, path.dirname(file)).startsWith('..'));
    return [...this.#files].flatMap(([file, { project, use }]) =>
      isWhole(file) ? [{ name: shortName(file), text: project.text, findings: use.unused() }] : [],
    );
  }

  #find(document: string): { readonly file: string; readonly text: string; readonly path: string } | undefined {
    const choice = this.#choice;
    if (choice.kind === 'none') return undefined;
    if (choice.kind === 'nearest' || this.#named === undefined) return this.#finder.nearest(document);
    const file = path.resolve(choice.file);
    return { file, text: this.#named, path: pathBelow(file, document) };
  }
}

function opened(text: string) {
  const project = readProjectFile(text);
  return { project, use: new ProjectUse(project) };
}

/** Opens the settings, or says why the project file that was named cannot be read. */
export function openProjectSettings(choice: ProjectFileChoice, own: RuleSettings): ProjectSettings | string {
  try {
    return new ProjectSettings(choice, own);
  } catch (fault) {
    return `${choice.kind === 'this' ? choice.file : ''}: ${reason(fault)}`;
  }
}

/** As one would name it from here. */
function shortName(file: string): string {
  const relative = path.relative('', file);
  return relative.startsWith('..') ? file : relative;
}

/** The settings of each file that the command line reads: of its project file, or of the one that was named. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Configuration, configurationOf } from '../../settings/configuration.ts';
import { type ProjectFile, readProjectFile } from '../../settings/projectFile.ts';
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
}

export class ProjectSettings {
  readonly #finder = new ProjectFileFinder();
  readonly #files = new Map<string, ProjectFile>();
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
    if (!found) return { configuration: configurationOf(undefined, this.#own) };
    const known = this.#files.get(found.file);
    const project = known ?? readProjectFile(found.text);
    this.#files.set(found.file, project);
    const configuration = configurationOf({ settings: project.settings, path: found.path }, this.#own);
    if (known || project.findings.length === 0) return { configuration };
    return { configuration, faulty: { name: shortName(found.file), text: project.text, findings: project.findings } };
  }

  #find(document: string): { readonly file: string; readonly text: string; readonly path: string } | undefined {
    const choice = this.#choice;
    if (choice.kind === 'none') return undefined;
    if (choice.kind === 'nearest' || this.#named === undefined) return this.#finder.nearest(document);
    const file = path.resolve(choice.file);
    return { file, text: this.#named, path: pathBelow(file, document) };
  }
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

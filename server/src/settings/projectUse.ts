/** What the suppressions of a project file have silenced, in a run over all of its files: those that silence nothing are told of. */
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { Finding } from '../finding.ts';
import { say } from '../l10n/say.ts';
import { fits } from './globs.ts';
import { isSuppressible, knownRules } from './knownRules.ts';
import type { ProjectFile } from './projectFile.ts';
import { ownFinding } from './suppressions/suppression.ts';

interface Entry {
  readonly override: number;
  readonly rule: string;
  readonly files: readonly string[];
  isUsed: boolean;
}

export class ProjectUse {
  readonly #file: ProjectFile;
  readonly #entries: readonly Entry[];

  constructor(file: ProjectFile) {
    this.#file = file;
    this.#entries = file.settings.overrides.flatMap(({ files, suppress }, override) =>
      [...suppress.keys()]
        .filter((rule) => knownRules().has(rule) && isSuppressible(rule))
        .map((rule) => ({ override, rule, files, isUsed: false })),
    );
  }

  /**
   * Takes note of a document that was checked.
   * @param path below the folder of the project file
   * @param silenced the rules that would have spoken
   */
  note(path: string, silenced: ReadonlySet<string>): void {
    for (const entry of this.#entries)
      if (!entry.isUsed && silenced.has(entry.rule)) entry.isUsed = fits(path, entry.files);
  }

  /** One finding for each that has silenced nothing, at its place in the project file. */
  unused(): Finding[] {
    const tree = parseTree(this.#file.text);
    return this.#entries.flatMap(({ override, rule, isUsed }) => {
      const value = isUsed || !tree ? undefined : findNodeAtLocation(tree, ['overrides', override, 'suppress', rule]);
      const key = value?.parent?.children?.[0];
      if (!key) return [];
      const at = { start: key.offset, end: key.offset + key.length };
      return [
        ownFinding('unused-suppression', at, say`\`${rule}\` has nothing to say in these files. Remove the entry.`),
      ];
    });
  }
}

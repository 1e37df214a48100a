/** From settings to the grammars that documents are read by. What cannot be had is told once, and what is built in serves. */
import { builtInGrammars, domainGrammar, type GrammarSource } from '../grammar/builtIn.ts';
import type { GrammarChoice } from '../grammar/chosen.ts';
import { isRelease, shortRelease } from '../grammar/release.ts';
import { say } from '../l10n/say.ts';
import type { Settings } from './settings.ts';
import { tellOnce } from './tellOnce.ts';

/** Opens a folder of schemas; how it is read is the door's affair. */
export type OpenSchemas = (
  folder: string,
  report: (problem: string) => void,
) => { readonly ok: true; readonly source: GrammarSource } | { readonly ok: false; readonly problem: string };

export class GrammarSettings {
  readonly #open: OpenSchemas;
  readonly #tell: (message: string) => void;
  #folder: string | undefined;
  #source: GrammarSource = builtInGrammars;

  /** @param tell shows a message to the user */
  constructor(open: OpenSchemas, tell: (message: string) => void) {
    this.#open = open;
    this.#tell = tellOnce(tell);
  }

  choice({ targetVersion, schemaPath }: Settings): GrammarChoice {
    if (schemaPath !== this.#folder) this.#source = this.#sourceOf(schemaPath);
    this.#folder = schemaPath;
    if (targetVersion === undefined) return { source: this.#source };
    if (isRelease(targetVersion)) return { source: this.#source, target: targetVersion };
    this.#tell(say`libvirt.targetVersion: '${targetVersion}' is no libvirt release such as 9.0; ${newest()} is used.`);
    return { source: this.#source };
  }

  #sourceOf(folder: string | undefined): GrammarSource {
    if (folder === undefined) return builtInGrammars;
    const tell = (problem: string): void =>
      this.#tell(say`libvirt.schema.path: ${problem}. The built-in schemas of ${newest()} are used.`);
    const opened = this.#open(folder, tell);
    if (opened.ok) return opened.source;
    tell(opened.problem);
    return builtInGrammars;
  }
}

function newest(): string {
  return say`libvirt ${shortRelease(domainGrammar().release)}`;
}

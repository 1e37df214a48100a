/** The project files of the open documents: what each says about its documents, and what is wrong with it. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../finding.ts';
import { type Configuration, configurationOf } from '../settings/configuration.ts';
import { PROJECT_FILE, type ProjectFile, readProjectFile } from '../settings/projectFile.ts';
import { noSettings, type RuleSettings } from '../settings/settings.ts';

/** A project file as it was found for a document. */
export interface FoundProjectFile {
  readonly uri: string;
  readonly text: string;
  /** The document's path below the folder of the project file, with `/` between names. */
  readonly path: string;
}

export interface ProjectFileDoor {
  /** The nearest project file upwards from a document; how files are read is the door's affair. */
  readonly find: (documentUri: string) => FoundProjectFile | undefined;
  /** Files may have changed: look anew. */
  readonly forget: () => void;
  /** Sets who is to know when the door itself hears of a change. */
  readonly onChanged?: (changed: () => void) => void;
}

/** Shows what is wrong with a project file; nothing, where it is gone or mended. */
export type TellFindings = (document: TextDocument, findings: readonly Finding[]) => void;

export class ProjectFiles {
  readonly #door: ProjectFileDoor;
  readonly #edited: (uri: string) => TextDocument | undefined;
  readonly #tell: TellFindings;
  readonly #files = new Map<string, ProjectFile>();
  readonly #configurations = new Map<string, Configuration>();
  #own: RuleSettings = noSettings;

  /** @param edited the document that an editor holds open; what it shows goes before what is on the disk */
  constructor(door: ProjectFileDoor, edited: (uri: string) => TextDocument | undefined, tell: TellFindings) {
    this.#door = door;
    this.#edited = edited;
    this.#tell = tell;
  }

  static isProjectFile(uri: string): boolean {
    return uri.endsWith(`/${PROJECT_FILE}`);
  }

  /** The editor's own settings, which win. */
  set own(settings: RuleSettings) {
    this.#own = settings;
    this.#configurations.clear();
  }

  configurationOf(documentUri: string): Configuration {
    const known = this.#configurations.get(documentUri);
    if (known) return known;
    const found = this.#door.find(documentUri);
    const project = found && { settings: this.#read(found.uri, found.text).settings, path: found.path };
    const configuration = configurationOf(project, this.#own);
    this.#configurations.set(documentUri, configuration);
    return configuration;
  }

  /** What is wrong with a project file that is open. */
  findingsOf(document: TextDocument): readonly Finding[] {
    return this.#read(document.uri, document.getText()).findings;
  }

  /** Something has changed, on the disk or in an editor: all is read anew when it is asked for. */
  changed(): void {
    this.#door.forget();
    this.#configurations.clear();
    const told = [...this.#files].filter(([, { findings }]) => findings.length > 0);
    this.#files.clear();
    for (const [uri] of told) if (!this.#edited(uri)) this.#tell(TextDocument.create(uri, 'jsonc', 0, ''), []);
  }

  /** Looks anew for the project file of a document: whether it is another than what was read before. */
  hasChangedFor(documentUri: string): boolean {
    this.#door.forget();
    const found = this.#door.find(documentUri);
    return found !== undefined && !this.#edited(found.uri) && this.#files.get(found.uri)?.text !== found.text;
  }

  forget(documentUri: string): void {
    this.#configurations.delete(documentUri);
  }

  #read(uri: string, text: string): ProjectFile {
    const open = this.#edited(uri);
    const newest = open?.getText() ?? text;
    const known = this.#files.get(uri);
    if (known?.text === newest) return known;
    const file = readProjectFile(newest);
    this.#files.set(uri, file);
    this.#tell(open ?? TextDocument.create(uri, 'jsonc', 0, newest), file.findings);
    return file;
  }
}

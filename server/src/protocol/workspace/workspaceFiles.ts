/** libvirt's files in the folders that an editor has open, read when somebody asks for what they define. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import { isLibvirtDocument } from '../../domain/recognise.ts';

/** A file as it is listed. */
export interface ListedFile {
  readonly uri: string;
  /** Another one, as soon as the file may have other content. */
  readonly stamp: string;
}

export interface WorkspaceDoor {
  /** The XML files below folders, given and told as URIs; how they are found is the door's affair. */
  readonly list: (folders: readonly string[]) => AsyncIterable<ListedFile>;
  /** The text of one, or undefined where it can't be read. */
  readonly read: (uri: string) => Promise<string | undefined>;
}

/** One of libvirt's files, and what a reader has made of it. */
export interface WorkspaceFile<Reading> extends ListedFile {
  readonly reading: Reading;
}

type Known<Reading> = ListedFile & { readonly reading: Reading | undefined };

/** Keeps what `Reading` says of each file until the file changes. The texts themselves are not kept. */
export class WorkspaceFiles<Reading> {
  readonly #door: WorkspaceDoor;
  readonly #make: (document: TextDocument) => Reading;
  readonly #known = new Map<string, Known<Reading>>();
  #folders: readonly string[] = [];
  #isStale = true;
  #listing: Promise<void> | undefined;

  /** @param make reads what is wanted of a file */
  constructor(door: WorkspaceDoor, make: (document: TextDocument) => Reading) {
    this.#door = door;
    this.#make = make;
  }

  set folders(folders: readonly string[]) {
    this.#folders = folders;
    this.changed();
  }

  /** Files may have changed: they are listed anew when somebody asks. */
  changed(): void {
    this.#isStale = true;
  }

  /** What has been made of the files does not hold any more. */
  readAnew(): void {
    this.#known.clear();
    this.changed();
  }

  /** libvirt's files, as they are now. */
  async files(): Promise<readonly WorkspaceFile<Reading>[]> {
    while (this.#isStale || this.#listing) await (this.#listing ?? this.#list());
    return [...this.#known.values()].flatMap(({ uri, stamp, reading }) =>
      reading === undefined ? [] : [{ uri, stamp, reading }],
    );
  }

  #list(): Promise<void> {
    this.#isStale = false;
    this.#listing = this.#listNow().finally(() => {
      this.#listing = undefined;
    });
    return this.#listing;
  }

  async #listNow(): Promise<void> {
    const gone = new Set(this.#known.keys());
    for await (const { uri, stamp } of this.#door.list(this.#folders)) {
      gone.delete(uri);
      if (this.#known.get(uri)?.stamp !== stamp) this.#known.set(uri, { uri, stamp, reading: await this.#read(uri) });
    }
    for (const uri of gone) this.#known.delete(uri);
  }

  async #read(uri: string): Promise<Reading | undefined> {
    const text = await this.#door.read(uri);
    return text === undefined || !isLibvirtDocument('xml', text)
      ? undefined
      : this.#make(TextDocument.create(uri, 'xml', 0, text));
  }
}

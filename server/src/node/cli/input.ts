/** What the command line reads: files, folders and globs (their *.xml files, recursively), and standard input. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import picomatch from 'picomatch';
import { type Phrase, phrase, say } from '../../l10n/say.ts';
import { decode, type Encoding } from './encoding.ts';

export interface Input {
  /** As the user named it; "-" for standard input, unless it was given a name. */
  readonly name: string;
  readonly text: string;
  readonly encoding: Encoding;
  /** The user named this very file: it is not passed over in silence. */
  readonly isNamed: boolean;
  readonly isStandardInput: boolean;
}

export interface Unreadable {
  readonly name: string;
  /** Why, and what to do. */
  readonly problem: string;
}

/** Folders that hold no sources. */
const SKIPPED_FOLDERS = new Set(['node_modules', '.git']);

/** Reads one input after the other, so that a great many need no great memory. */
export function* readInputs(names: readonly string[], standardInputName = '-'): Generator<Input | Unreadable> {
  for (const name of names) {
    if (name === '-') yield read(standardInputName, 0, true);
    else yield* readNamed(name);
  }
}

/** A file above all: whoever names thousands waits for each question that is asked of it. */
function* readNamed(name: string): Generator<Input | Unreadable> {
  const file = read(name, name, true);
  if (!('problem' in file)) yield file;
  else if (isFolder(name)) yield* readFolder(name);
  else if (isGlob(name)) yield* readGlob(name);
  else yield file;
}

function read(name: string, file: string | 0, isNamed: boolean): Input | Unreadable {
  try {
    return { name, ...decode(readFileSync(file)), isNamed, isStandardInput: file === 0 };
  } catch (fault) {
    return { name, problem: reason(fault) };
  }
}

function isFolder(name: string): boolean {
  return statSync(name, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** A file whose name looks like a glob is a file. */
function isGlob(name: string): boolean {
  return picomatch.scan(name).isGlob && statSync(name, { throwIfNoEntry: false }) === undefined;
}

function* readGlob(glob: string): Generator<Input | Unreadable> {
  const { base } = picomatch.scan(glob);
  const fits = picomatch(glob);
  let found = false;
  for (const file of files(base || '.', () => true)) {
    if (typeof file === 'string' && !fits(file.split(path.sep).join('/'))) continue;
    found = true;
    yield typeof file === 'string' ? read(file, file, false) : file;
  }
  if (!found) yield { name: glob, problem: say`no file fits this glob` };
}

function* readFolder(folder: string): Generator<Input | Unreadable> {
  for (const file of files(folder, (name) => name.toLowerCase().endsWith('.xml')))
    yield typeof file === 'string' ? read(file, file, false) : file;
}

/** The files below a folder in the order of their names, and the folders that cannot be read. */
function* files(folder: string, isWanted: (name: string) => boolean): Generator<string | Unreadable> {
  const entries = entriesOf(folder);
  if ('problem' in entries) {
    yield entries;
    return;
  }
  for (const entry of entries) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) yield* files(file, isWanted);
    else if (entry.isFile() && isWanted(entry.name)) yield file;
  }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (fault) {
    return { name: folder, problem: reason(fault) };
  }
}

const REASONS: Readonly<Record<string, Phrase>> = {
  ENOENT: phrase`there is no such file; check the path`,
  EACCES: phrase`no permission to read it; run as a user who may, or change its mode`,
  EPERM: phrase`no permission to read it; run as a user who may, or change its mode`,
  EISDIR: phrase`is a folder`,
  EAGAIN: phrase`standard input has nothing to read; pipe a file into it`,
};

/** Why a file cannot be read or written. */
export function reason(fault: unknown): string {
  const code = fault instanceof Error && 'code' in fault ? String(fault.code) : '';
  return String(REASONS[code] ?? (fault instanceof Error ? fault.message : fault));
}

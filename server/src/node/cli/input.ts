/** What the command line reads: files, folders (their *.xml files, recursively) and standard input. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

export interface Input {
  /** As the user named it; "-" for standard input. */
  readonly name: string;
  readonly text: string;
}

export interface Unreadable {
  readonly name: string;
  /** Why, and what to do. */
  readonly problem: string;
}

/** Folders that hold no sources. */
const SKIPPED_FOLDERS = new Set(['node_modules', '.git']);

/** Reads one input after the other, so that a great many need no great memory. */
export function* readInputs(names: readonly string[]): Generator<Input | Unreadable> {
  for (const name of names) {
    if (name === '-') yield read(name, 0);
    else if (isFolder(name)) for (const file of xmlFiles(name)) yield read(file, file);
    else yield read(name, name);
  }
}

function read(name: string, file: string | 0): Input | Unreadable {
  try {
    const bytes = readFileSync(file);
    return { name, text: new TextDecoder(encodingOf(bytes)).decode(bytes) };
  } catch (fault) {
    return { name, problem: reason(fault) };
  }
}

/** By its byte order mark; UTF-8 where there is none, as in every file that libvirt writes. */
function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

function isFolder(name: string): boolean {
  return statSync(name, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function* xmlFiles(folder: string): Generator<string> {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) yield* xmlFiles(file);
    else if (entry.isFile() && entry.name.toLowerCase().endsWith('.xml')) yield file;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file; check the path',
  EACCES: 'no permission to read it; run as a user who may, or change its mode',
  EPERM: 'no permission to read it; run as a user who may, or change its mode',
  EISDIR: 'is a folder',
  EAGAIN: 'standard input has nothing to read; pipe a file into it',
};

function reason(fault: unknown): string {
  const code = fault instanceof Error && 'code' in fault ? String(fault.code) : '';
  return REASONS[code] ?? (fault instanceof Error ? fault.message : String(fault));
}

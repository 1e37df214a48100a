/** RELAX NG in XML syntax to the table of the grammar. No I/O: the caller says how a file is read. */
import type { GrammarTable } from '../table.ts';
import { Patterns } from './patterns.ts';
import { prune } from './prune.ts';
import { SchemaError } from './schemaError.ts';
import { type ReadFile, SchemaFiles } from './schemaFile.ts';

export type CompileResult =
  | { readonly ok: true; readonly table: GrammarTable }
  /** `message` begins with the file and the line, counted from 1. */
  | { readonly ok: false; readonly file: string; readonly line: number; readonly message: string };

/**
 * Compiles the schema that begins in `file`.
 * @param read gives the text of a file named relative to the folder of the first, or undefined where it is absent
 * @param release the libvirt release that the schema comes from
 */
export function compileGrammar(file: string, read: ReadFile, release: string): CompileResult {
  try {
    const files = new SchemaFiles(read);
    const first = files.first(file);
    const patterns = new Patterns(files);
    const start = patterns.file(first.root, { file: first, namespace: '' }, null);
    patterns.finish();
    const elements = patterns.elements.map(({ name, content, from }) => [name, from, [[0, content]]] as const);
    const { list: nodes } = patterns.nodes;
    return { ok: true, table: prune({ format: 2, releases: [release], starts: [start], nodes, elements }) };
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    return { ok: false, file: error.file, line: error.line, message: error.message };
  }
}

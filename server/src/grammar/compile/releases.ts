/** The schema of one kind of document in several releases, compiled into one table. */
import { say } from '../../l10n/say.ts';
import type { GrammarTable } from '../table.ts';
import { type CompileResult, compileGrammar } from './compile.ts';
import { mergeTables } from './merge.ts';
import type { ReadFile } from './schemaFile.ts';

export interface ReleaseFolder {
  /** The release, such as `9.0.0`. */
  readonly name: string;
  /** Reads a file of its folder of schemas. */
  readonly read: ReadFile;
}

/**
 * @param schema the schema's file without its ending; a release without it does not know such documents
 * @param given in any order
 */
export function compileReleases(schema: string, given: readonly ReleaseFolder[]): CompileResult {
  const releases = [...given].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  const tables: (GrammarTable | null)[] = [];
  for (const { name, read } of releases) {
    const file = `${schema}.rng`;
    const result = read(file) === undefined ? null : compileGrammar(file, read, name);
    if (result && !result.ok) return { ...result, message: say`libvirt ${name}: ${result.message}` };
    tables.push(result?.table ?? null);
  }
  return {
    ok: true,
    table: mergeTables(
      releases.map(({ name }) => name),
      tables,
    ),
  };
}

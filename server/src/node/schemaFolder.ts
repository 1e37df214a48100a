/** A folder of libvirt's RELAX NG schemas, compiled when documents are met: the grammars of the libvirt that they come from. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { GrammarSource } from '../grammar/builtIn.ts';
import { compileGrammar } from '../grammar/compile/compile.ts';
import { KindGrammars } from '../grammar/kindGrammars.ts';
import { documentKinds } from '../grammar/kinds.ts';
import { say } from '../l10n/say.ts';
import { userPath } from './userPath.ts';

export type SchemaFolder =
  | { readonly ok: true; readonly source: GrammarSource }
  /** Why, beginning with the path. */
  | { readonly ok: false; readonly problem: string };

/**
 * Opens a folder and compiles its schema of domains, which every libvirt has.
 * @param given an absolute path, or one that begins with `~/`
 * @param report told of a schema of another kind that cannot be compiled; documents of that kind are read by the built-in one
 */
export function openSchemaFolder(given: string, report: (problem: string) => void): SchemaFolder {
  const folder = userPath(given);
  const no = (why: string): SchemaFolder => ({ ok: false, problem: `${given} ${why}` });
  if (!path.isAbsolute(folder)) return no(say`is no absolute path`);
  const kind = statSync(folder, { throwIfNoEntry: false });
  if (!kind) return no(say`does not exist`);
  if (!kind.isDirectory()) return no(say`is no folder`);
  const read = reader(folder);
  if (read('domain.rng') === undefined) return no(say`has no domain.rng that can be read`);
  const domain = compiled(folder, 'domain', read);
  if ('problem' in domain) return { ok: false, problem: domain.problem };
  const known = new Map<string, KindGrammars | undefined>([['domain', domain.grammars]]);
  const compile = (root: string): KindGrammars | undefined => {
    const schema = documentKinds.find((one) => one.root === root)?.schema;
    if (schema === undefined || read(`${schema}.rng`) === undefined) return undefined;
    const result = compiled(folder, schema, read);
    if ('grammars' in result) return result.grammars;
    report(result.problem);
    return undefined;
  };
  const source: GrammarSource = (root) => {
    if (!known.has(root)) known.set(root, compile(root));
    return known.get(root);
  };
  return { ok: true, source };
}

type Compiled = { readonly grammars: KindGrammars } | { readonly problem: string };

function compiled(folder: string, schema: string, read: (file: string) => string | undefined): Compiled {
  const result = compileGrammar(`${schema}.rng`, read, path.basename(folder));
  return result.ok ? { grammars: new KindGrammars(result.table) } : { problem: `${path.join(folder, result.message)}` };
}

/** Files that cannot be read are as good as absent: the compiler says where they are wanted. */
function reader(folder: string): (file: string) => string | undefined {
  return (file) => {
    try {
      return readFileSync(path.join(folder, file), 'utf8');
    } catch {
      return undefined;
    }
  };
}

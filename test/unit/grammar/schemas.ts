/** Small schemas for tests. */
import assert from 'node:assert/strict';
import { compileGrammar } from '../../../server/src/grammar/compile/compile.ts';
import { Grammar } from '../../../server/src/grammar/grammar.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';

const HEAD = 'xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"';

/** A grammar file with this content. */
export function schema(content: string): string {
  return `<grammar ${HEAD}>\n${content}\n</grammar>\n`;
}

/** Compiles files of which `main.rng` is the first. */
export function compileFiles(files: Readonly<Record<string, string>>) {
  return compileGrammar('main.rng', (file) => files[file], 'test');
}

/** The grammar whose `<start>` holds the pattern. */
export function grammarOf(start: string, others = ''): Grammar {
  const result = compileFiles({ 'main.rng': schema(`<start>${start}</start>${others}`) });
  assert.ok(result.ok, result.ok ? '' : result.message);
  return new Grammar(result.table);
}

export function accepts(grammar: Grammar, xml: string): boolean {
  const document = parseXml(xml);
  assert.deepEqual(document.problems, []);
  return grammar.accepts(document);
}

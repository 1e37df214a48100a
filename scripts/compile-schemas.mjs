// Compiles libvirt's RELAX NG schemas into schemas/domain.json.
// usage: compile-schemas.mjs DIR [RELEASE]   DIR holds domain.rng and what it includes; RELEASE defaults to DIR's last name
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { common } from './bundle.mjs';

const root = path.resolve(import.meta.dirname, '..');
const [folder, release = folder && path.basename(path.resolve(folder))] = process.argv.slice(2);
if (!folder || !release || !existsSync(path.join(folder, 'domain.rng'))) {
  console.error('usage: npm run schemas:compile -- DIR [RELEASE]   (DIR holds domain.rng and what it includes)');
  process.exit(2);
}

const compiler = path.join(root, 'out', `compile-schemas-${process.pid}.mjs`);
await build({
  ...common,
  absWorkingDir: root,
  entryPoints: ['server/src/grammar/compile/compile.ts'],
  outfile: compiler,
  format: 'esm',
});
const { compileGrammar } = await import(pathToFileURL(compiler).href);
rmSync(compiler);

const read = (file) => {
  const found = path.join(folder, file);
  return existsSync(found) ? readFileSync(found, 'utf8') : undefined;
};
const result = compileGrammar('domain.rng', read, release);
if (!result.ok) {
  console.error(result.message);
  process.exit(1);
}

// One node a line: a new release shows as a diff that can be read.
const { nodes, elements, ...head } = result.table;
const lines = (list) => `[\n${list.map((one) => JSON.stringify(one)).join(',\n')}\n]`;
const text = `${JSON.stringify(head).slice(0, -1)},"nodes":${lines(nodes)},"elements":${lines(elements)}}\n`;
writeFileSync(path.join(root, 'schemas', 'domain.json'), text);
console.log(
  `schemas/domain.json: libvirt ${release}, ${elements.length} elements, ${nodes.length} nodes, ${text.length} bytes`,
);

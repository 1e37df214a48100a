// Compiles libvirt's RELAX NG schemas of several releases into schemas/grammar/, one table for each kind of document.
// usage: compile-schemas.mjs DIR...   each DIR holds the .rng files of one release and is named by it: 9.0.0
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { common } from './bundle.mjs';
import { inProject, main, Obstacle, root } from './project.mjs';

const usage =
  'usage: npm run schemas:compile -- DIR...   (each holds the .rng files of the release that it is named by)';

/** The compiler, from the server's own source. */
async function loadCompiler() {
  const file = inProject('out', `compile-schemas-${process.pid}.mjs`);
  await build({
    ...common,
    absWorkingDir: root,
    stdin: {
      contents: `export { compileReleases } from './compile/releases.ts'; export { documentKinds } from './kinds.ts';`,
      resolveDir: inProject('server/src/grammar'),
    },
    outfile: file,
    format: 'esm',
  });
  const compiler = await import(pathToFileURL(file).href);
  rmSync(file);
  return compiler;
}

/** One node a line: a new release shows as a diff that can be read. */
function written({ nodes, elements, ...head }) {
  const lines = (list) => `[\n${list.map((one) => JSON.stringify(one)).join(',\n')}\n]`;
  return `${JSON.stringify(head).slice(0, -1)},"nodes":${lines(nodes)},"elements":${lines(elements)}}\n`;
}

await main(async () => {
  const folders = process.argv.slice(2);
  if (!folders.length || !folders.every((folder) => existsSync(path.join(folder, 'domain.rng'))))
    throw new Obstacle(usage);
  const { compileReleases, documentKinds } = await loadCompiler();
  const releases = folders.map((folder) => ({
    name: path.basename(path.resolve(folder)),
    read: (file) => {
      const found = path.join(folder, file);
      return existsSync(found) ? readFileSync(found, 'utf8') : undefined;
    },
  }));
  mkdirSync(inProject('schemas', 'grammar'), { recursive: true });
  let bytes = 0;
  for (const { schema } of documentKinds) {
    const result = compileReleases(schema, releases);
    if (!result.ok) throw new Obstacle(result.message);
    const text = written(result.table);
    bytes += text.length;
    writeFileSync(inProject('schemas', 'grammar', `${schema}.json`), text);
    const { nodes, elements } = result.table;
    console.log(`${schema}.json: ${elements.length} elements, ${nodes.length} nodes, ${text.length} bytes`);
  }
  console.log(`${documentKinds.length} tables of ${releases.map(({ name }) => name).join(', ')}: ${bytes} bytes`);
});

// Makes schemas/virtlint.schema.json, the JSON schema of `.virtlint.json`, of what the code knows: rules, areas, profiles.
//
//     node scripts/compile-project-schema.mjs [TARGET]

import { writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { common } from './bundle.mjs';
import { gatherPages } from './pages.mjs';
import { inProject, root } from './project.mjs';

const [target = inProject('schemas/virtlint.schema.json')] = process.argv.slice(2);
const bundle = await build({
  ...common,
  absWorkingDir: root,
  entryPoints: ['server/src/settings/jsonSchema.ts'],
  format: 'esm',
  write: false,
});
const { projectFileSchema } = await import(`data:text/javascript,${encodeURIComponent(bundle.outputFiles[0].text)}`);
/** One line a rule, so that a new one is a new line. */
const lines = JSON.stringify(projectFileSchema(gatherPages()), null, 2).replace(
  /\{\s+("description": .*,)\s+("\$ref": .*)\s+\}/g,
  '{ $1 $2 }',
);
writeFileSync(target, `${lines}\n`);

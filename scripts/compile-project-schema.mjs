// Makes schemas/virtlint.schema.json, the JSON schema of `.virtlint.json`, of what the code knows: rules, areas, profiles.
//
//     node scripts/compile-project-schema.mjs [TARGET]

import { writeFileSync } from 'node:fs';
import { gatherPages } from './pages.mjs';
import { inProject } from './project.mjs';
import { buildSupport } from './support.mjs';

const [target = inProject('schemas/virtlint.schema.json')] = process.argv.slice(2);
const { projectFileSchema } = await buildSupport('server/src/settings/jsonSchema.ts');
/** One line a rule, so that a new one is a new line. */
const lines = JSON.stringify(projectFileSchema(gatherPages()), null, 2).replace(
  /\{\s+("description": .*,)\s+("\$ref": .*)\s+\}/g,
  '{ $1 $2 }',
);
writeFileSync(target, `${lines}\n`);

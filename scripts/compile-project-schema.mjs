// Makes the JSON schemas of what the code knows: schemas/virtlint.schema.json of `.virtlint.json` (rules, areas, profiles), and
// schemas/libvirt-host.schema.json of `*.libvirt-host.json`.
//
//     node scripts/compile-project-schema.mjs [FOLDER]

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { gatherPages } from './pages.mjs';
import { inProject } from './project.mjs';
import { buildSupport } from './support.mjs';

const [folder = inProject('schemas')] = process.argv.slice(2);
const { projectFileSchema } = await buildSupport('server/src/settings/jsonSchema.ts');
const { factsSchema } = await buildSupport('server/src/host/schema.ts');
const write = (name, schema) => {
  /** One line a rule, so that a new one is a new line. */
  const lines = JSON.stringify(schema, null, 2).replace(/\{\s+("description": .*,)\s+("\$ref": .*)\s+\}/g, '{ $1 $2 }');
  writeFileSync(path.join(folder, name), `${lines}\n`);
};
write('virtlint.schema.json', projectFileSchema(gatherPages()));
write('libvirt-host.schema.json', factsSchema());

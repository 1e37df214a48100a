/** The JSON schema of `*.libvirt-host.json`, for editors. */
import { hostFacts } from './facts.ts';
import { FACTS_SCHEMA } from './factsFile.ts';
import type { JsonSchema } from './shape.ts';

/** The JSON schema of a snapshot, by draft-07. */
export function factsSchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: FACTS_SCHEMA,
    title: 'Facts of a libvirt host',
    ...hostFacts.schema,
  };
}

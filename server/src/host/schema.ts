/** The JSON schema of `*.libvirt-host.json`, for editors. */
import { hostFacts } from './facts.ts';
import type { JsonSchema } from './shape.ts';

/** The JSON schema of a snapshot, by draft-07. */
export function factsSchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://raw.githubusercontent.com/virtlint/virtlint/main/schemas/libvirt-host.schema.json',
    title: 'Facts of a libvirt host',
    ...hostFacts.schema,
  };
}

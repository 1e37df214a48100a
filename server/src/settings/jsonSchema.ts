/** The JSON schema of `.virtlint.json`, for editors: completion, hover and a first check. */
import { say } from '../l10n/say.ts';
import { knownRules } from './knownRules.ts';
import { pagePart, summaryOf } from './pageParts.ts';
import { type Names, projectFileShape, type Shape } from './shape.ts';

export const SCHEMA_ADDRESS = 'https://raw.githubusercontent.com/virtlint/virtlint/main/schemas/virtlint.schema.json';

type Json = { readonly [key: string]: unknown };

/**
 * The whole schema, by JSON Schema draft-07.
 * @param pages the pages that explain rules, by id
 */
export function projectFileSchema(pages: Readonly<Record<string, string>>): Json {
  const about = (rule: string): string => {
    const page = pages[knownRules().get(rule)?.page ?? ''];
    return page === undefined ? '' : summaryOf(pagePart(page, rule));
  };
  const definitions = new Map<string, Json>();
  const whole = schemaOf(projectFileShape, { about, definitions });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: SCHEMA_ADDRESS,
    title: say`virtlint project file`,
    ...whole,
    definitions: Object.fromEntries(definitions),
  };
}

interface Context {
  readonly about: (rule: string) => string;
  /** Filled as named shapes are met. */
  readonly definitions: Map<string, Json>;
}

function schemaOf(shape: Shape, context: Context): Json {
  const { name } = shape;
  if (name === undefined) return bareSchemaOf(shape, context);
  if (!context.definitions.has(name)) context.definitions.set(name, bareSchemaOf(shape, context));
  return { $ref: `#/definitions/${name}` };
}

function bareSchemaOf(shape: Shape, context: Context): Json {
  switch (shape.kind) {
    case 'object': {
      const keys = Object.entries(shape.keys);
      const required = keys.filter(([, key]) => key.required).map(([name]) => name);
      return {
        type: 'object',
        additionalProperties: false,
        ...(required.length > 0 && { required }),
        properties: Object.fromEntries(
          keys.map(([name, { about, shape: inner }]) => [
            name,
            { description: String(about), ...schemaOf(inner, context) },
          ]),
        ),
      };
    }
    case 'map': {
      const value = schemaOf(shape.value, context);
      const properties = Object.entries(shape.names()).map(([name, about]) => {
        const description = about ? String(about) : context.about(name);
        return [name, { ...(description && { description }), ...value }];
      });
      return { type: 'object', additionalProperties: false, properties: Object.fromEntries(properties) };
    }
    case 'word':
      return { enum: Object.keys(shape.words), enumDescriptions: descriptions(shape.words) };
    case 'number':
      return { type: 'number', minimum: 0, default: shape.usual };
    case 'text':
      return {
        type: 'string',
        pattern: shape.pattern.source,
        ...(shape.examples.length > 0 && { examples: shape.examples }),
      };
    case 'list': {
      const item = schemaOf(shape.item, context);
      const list = { type: 'array', items: item };
      return shape.orOne ? { anyOf: [item, list] } : list;
    }
  }
}

function descriptions(words: Names): string[] {
  return Object.values(words).map((about) => String(about ?? ''));
}

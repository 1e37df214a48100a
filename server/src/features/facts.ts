/** What the grammar knows of an element or attribute, as Markdown. */
import type { AttributeDescription, DescribedValues, ElementDescription } from '../grammar/describe.ts';
import { say } from '../l10n/say.ts';

/** Lists are cut here: a hover is read, not searched. */
const MOST_NAMES = 24;

export function attributeFacts({ required, values }: AttributeDescription): string {
  return [required ? 'Required.' : 'Optional.', valueFacts('Takes', values)].filter(Boolean).join(' ');
}

export function elementFacts({ required, many, attributes, children, text }: ElementDescription): string {
  const written = attributes.map(({ name, required: needed }) => (needed ? `**\`${name}\`**` : code(name)));
  const lines = [
    `${required ? 'Required' : 'Optional'}${many ? say`, may be repeated` : ''}.`,
    list('Attributes', written),
    list(
      'Holds',
      children.map((name) => code(`<${name}>`)),
    ),
    valueFacts('Text:', text),
  ];
  return lines.filter(Boolean).join('  \n');
}

function valueFacts(lead: string, { words, data, anyText }: DescribedValues): string {
  const all = [...words.map(code), ...data, ...(anyText ? [say`any text`] : [])];
  return all.length === 0 ? '' : `${lead} ${cut(all).join(', ')}.`;
}

function list(lead: string, names: readonly string[]): string {
  return names.length === 0 ? '' : `${lead}: ${cut(names).join(', ')}.`;
}

function cut(names: readonly string[]): readonly string[] {
  if (names.length <= MOST_NAMES) return names;
  return [...names.slice(0, MOST_NAMES), say`and ${names.length - MOST_NAMES} more`];
}

function code(text: string): string {
  return `\`${text}\``;
}

/**
 * Texts for people, in the language that was chosen when the program began.
 *
 * A text is written in English where it is said: say`\`${name}\` is not an attribute of ${tag}.` Its key is that English text with
 * {0}, {1} … for what is filled in; a translation may give these in another order. What is only seen at rest, in a table of a
 * module, is a phrase`…`: it is said when somebody reads it, for when the module was loaded no language had been chosen.
 */

/** English text → the same in the chosen language, both with {0}, {1} … */
export type Translations = Readonly<Record<string, string>>;

/** What can be filled in. */
export type Filling = string | number | bigint | boolean | Phrase | undefined;

let translations: Translations | undefined;
/** The keys of texts that have been said, which JavaScript knows by their parts. */
const keys = new WeakMap<TemplateStringsArray, string>();

/** From now on texts are said in this language; in English without one. What it lacks is said in English. */
export function speak(language: Translations | undefined): void {
  translations = language;
}

/** A text in the chosen language. */
export function say(parts: TemplateStringsArray, ...fillings: readonly Filling[]): string {
  const translation = translations?.[keyOf(parts)];
  if (translation === undefined) return String.raw({ raw: parts }, ...fillings);
  return translation.replace(/\{(\d+)\}/g, (_place, index: string) => String(fillings[Number(index)]));
}

/** A text of a table: what say`…` would say, when it is read. */
export class Phrase {
  readonly #say: () => string;

  constructor(sayIt: () => string) {
    this.#say = sayIt;
  }

  toString(): string {
    return this.#say();
  }
}

/** A text at rest, for tables; filled into another text, or by String(…), it is said. */
export function phrase(parts: TemplateStringsArray, ...fillings: readonly Filling[]): Phrase {
  return new Phrase(() => say(parts, ...fillings));
}

function keyOf(parts: TemplateStringsArray): string {
  const known = keys.get(parts);
  if (known !== undefined) return known;
  const key = parts.reduce((begun, part, index) => `${begun}{${index - 1}}${part}`);
  keys.set(parts, key);
  return key;
}

import { attributesOf, elementsOf, mentionedElements, named } from '../../server/src/grammar/following.ts';
import type { LoadedGrammar } from '../../server/src/grammar/load.ts';
import type { Declaration } from '../../server/src/grammar/pattern.ts';
import { acceptsValue } from '../../server/src/grammar/values.ts';

/** Whether a grammar knows what a path names, written as cards have it: an element, an attribute, or a value of it. */
export function knowsPath(grammar: LoadedGrammar, path: string): boolean {
  const [, elements = '', attribute, value] = /^([^@]*?)(?:\/@([\w:-]+)(?:='(.*)')?)?$/.exec(path) ?? [];
  const [root = '', ...names] = elements.split('/');
  let at: readonly Declaration[] = named(elementsOf(grammar.start), root);
  for (const name of names) at = at.flatMap((one) => named(mentionedElements(one.content), withNamespace(name)));
  if (attribute === undefined) return at.length > 0;
  const attributes = at.flatMap((one) => named(attributesOf(one.content), attribute));
  if (value === undefined) return attributes.length > 0;
  return attributes.some((one) => acceptsValue(grammar.pool, one.content, value));
}

/** The prefix of a driver stands for its namespace: `qemu:override`. */
function withNamespace(name: string): string {
  return name.replace(/^(\w+):(.+)$/, 'http://libvirt.org/schemas/domain/$1/1.0|$2');
}

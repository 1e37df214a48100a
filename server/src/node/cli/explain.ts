/** `virtlint explain RULE` or `virtlint explain PATH`: the page of a rule, or what is known of an element or attribute, in the terminal. */
import { explainPath } from '../../features/explainPath.ts';
import { closest } from '../../grammar/closest.ts';
import { say } from '../../l10n/say.ts';
import { knownRules } from '../../settings/knownRules.ts';
import { pagePart } from '../../settings/pageParts.ts';
import { EXIT, type Streams } from './check.ts';

/** Prints the page that explains a rule; of a family's page, the part about this refusal. */
export function explain(
  names: readonly string[],
  readPage: (page: string) => string | undefined,
  { out }: Streams,
  usage: (problem: string) => number,
): number {
  const [id] = names;
  if (id === undefined || names.length > 1)
    return usage(say`explain takes one rule or path, for example disk/io-native-cache or domain/cpu/@mode`);
  const page = readPage(knownRules().get(id)?.page ?? id);
  const text = page === undefined ? explained(id) : pagePart(page, id);
  if (text === undefined) return usage(say`there is no rule '${id}'${near(id)}`);
  out(`${text.trimEnd()}\n`);
  return EXIT.clean;
}

/** A path may begin at `domain`, or anywhere below it. */
function explained(path: string): string | undefined {
  const whole = ['', 'domain/', 'domain/devices/'].map((lead) => lead + path);
  return whole.map(explainPath).find((text) => text !== undefined);
}

function near(id: string): string {
  const word = id.split('/').at(-1) ?? id;
  const ids = [...knownRules().keys()];
  const similar = [...closest(id, ids), ...ids.filter((one) => one.includes(word))];
  return similar.length > 0 ? say`; did you mean ${similar.slice(0, 3).join(say`, `)}?` : '';
}

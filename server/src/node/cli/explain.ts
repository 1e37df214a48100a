/** `virtlint explain RULE` or `virtlint explain PATH`: the page of a rule, or what is known of an element or attribute, in the terminal. */
import { explainPath } from '../../features/explainPath.ts';
import { allRules } from '../../rules/index.ts';
import { pageReader } from '../pages.ts';
import { EXIT, type Streams } from './check.ts';

/** Prints the page that explains a rule; of a family's page, the part about this refusal. */
export function explain(
  names: readonly string[],
  pagesFolder: string,
  { out }: Streams,
  usage: (problem: string) => number,
): number {
  const [id] = names;
  if (id === undefined || names.length > 1)
    return usage('explain takes one rule or path, for example disk/io-native-cache or domain/cpu/@mode');
  const page = allRules.find((rule) => rule.id === id)?.page ?? pageOfBuiltIn(id);
  const text = pageReader(pagesFolder)(page) ?? explainPath(id);
  if (text === undefined) return usage(`there is no rule '${id}'${near(id)}`);
  out(`${partAbout(text, id, page)}\n`);
  return EXIT.clean;
}

/** What the parser and the grammar say has one page each. */
function pageOfBuiltIn(id: string): string {
  if (id.startsWith('xml/')) return 'xml/well-formed';
  return id.startsWith('grammar/') ? 'grammar/grammar' : id;
}

/** The section of one refusal, or the whole page where it speaks of one rule or has no such section. */
function partAbout(text: string, id: string, page: string): string {
  if (id === page) return text.trimEnd();
  const start = text.split('\n').indexOf(`## ${id}`);
  if (start < 0) return text.trimEnd();
  const lines = text.split('\n').slice(start);
  const end = lines.findIndex((line, index) => index > 0 && /^## /.test(line));
  return lines
    .slice(0, end < 0 ? undefined : end)
    .join('\n')
    .trimEnd();
}

function near(id: string): string {
  const word = id.split('/').at(-1) ?? id;
  const similar = allRules.filter((rule) => rule.id.includes(word)).map((rule) => rule.id);
  return similar.length > 0 ? `; did you mean ${similar.slice(0, 3).join(', ')}?` : '';
}

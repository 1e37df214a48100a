/** The grammars that come with the project, each loaded when a document of its kind is met. */
import readTable from 'lazy:../../../schemas/grammar/*.json';
import type { Grammar } from './grammar.ts';
import { KindGrammars } from './kindGrammars.ts';
import { documentKinds } from './kinds.ts';
import { shortRelease } from './release.ts';

/** The grammars for documents with a root element of this name, or undefined where there are none. */
export type GrammarSource = (root: string) => KindGrammars | undefined;

const loaded = new Map<string, KindGrammars>();

export const builtInGrammars: GrammarSource = (root) => {
  const known = loaded.get(root);
  if (known) return known;
  const kind = documentKinds.find((one) => one.root === root);
  const text = kind && readTable(`${kind.schema}.json`);
  if (text === undefined) return undefined;
  const grammars = new KindGrammars(JSON.parse(text));
  loaded.set(root, grammars);
  return grammars;
};

/** The grammar of `<domain>` in the newest release. */
export function domainGrammar(): Grammar {
  return domainGrammars().newest;
}

/** The releases that are known, oldest first, as people write them. */
export function knownReleases(): string[] {
  return domainGrammars().releases.map(shortRelease);
}

function domainGrammars(): KindGrammars {
  const grammars = builtInGrammars('domain');
  if (!grammars) throw new Error('schemas/grammar/domain.json is not built in');
  return grammars;
}

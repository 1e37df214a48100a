/** Every group of requests, each on a line of its own. */
import { fixAll } from './fixAll.ts';
import { formatting } from './formatting.ts';
import { help } from './help.ts';
import { inlayHints } from './inlayHints.ts';
import { lenses } from './lenses.ts';
import { links } from './links.ts';
import { navigation } from './navigation.ts';
import { newDomains } from './newDomain.ts';
import { rename } from './rename.ts';
import type { RequestGroup } from './requestGroup.ts';
import { semanticTokens } from './semanticTokens.ts';
import { sorting } from './sorting.ts';
import { structure } from './structure.ts';
import { symbols } from './symbols.ts';
import { tags } from './tags.ts';

export const requestGroups: readonly RequestGroup[] = [
  help,
  symbols,
  structure,
  formatting,
  sorting,
  tags,
  semanticTokens,
  inlayHints,
  navigation,
  rename,
  links,
  lenses,
  newDomains,
  fixAll,
];

/** Actions on whole documents: kind → how they are worked out. */
export const documentActions = new Map(requestGroups.flatMap(({ codeActions = {} }) => Object.entries(codeActions)));

/** Every group of requests, each on a line of its own. */
import { lenses } from './lenses.ts';
import { links } from './links.ts';
import { navigation } from './navigation.ts';
import { rename } from './rename.ts';
import type { RequestGroup } from './requestGroup.ts';
import { structure } from './structure.ts';
import { symbols } from './symbols.ts';

export const requestGroups: readonly RequestGroup[] = [symbols, structure, navigation, rename, links, lenses];

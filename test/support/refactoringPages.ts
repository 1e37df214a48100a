/** Reads the pages of refactorings: the n-th example under `## After` is the n-th under `## Before` with the first offer applied. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chooseHosts } from '../../server/src/domain/hosts.ts';
import { refactoringsAt } from '../../server/src/features/refactorings.ts';
import type { HostFacts } from '../../server/src/host/facts.ts';
import { readFacts } from '../../server/src/host/factsFile.ts';
import type { Refactoring } from '../../server/src/refactorings/refactoring.ts';
import { parseXml } from '../../server/src/xml/parse.ts';
import { descendants } from '../../server/src/xml/query.ts';
import { ROOT } from './root.ts';
import { asDomain, blocksUnder } from './rulePages.ts';

const FOLDER = path.join(ROOT, 'server/src/refactorings');

export interface RefactoringPage {
  readonly name: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly hosts: readonly HostFacts[];
}

export function refactoringPages(): RefactoringPage[] {
  return globSync('!(*.zh-cn).md', { cwd: FOLDER }).map((file) => {
    const text = readFileSync(path.join(FOLDER, file), 'utf8');
    const [host] = blocksUnder(text, '## Host');
    const read = host === undefined ? undefined : readFacts(host, 'host');
    return {
      name: path.basename(file, '.md'),
      before: blocksUnder(text, '## Before').map(asDomain),
      after: blocksUnder(text, '## After').map(asDomain),
      hosts: read?.ok ? [read.facts] : [],
    };
  });
}

/** What a page's refactoring offers at the first element of a text where it offers anything. */
export function offersOf(page: string, text: string, hosts: readonly HostFacts[]): Refactoring[] {
  const document = parseXml(text);
  chooseHosts(document, hosts);
  if (!document.root) return [];
  for (const element of descendants(document.root)) {
    const offers = refactoringsAt(document, element.nameStart).filter((one) => one.page === page);
    if (offers.length > 0) return offers;
  }
  return [];
}

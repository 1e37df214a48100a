/** Reads the pages of refactorings: the n-th example under `## After` is the n-th under `## Before` with the first offer applied. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readHostLayout } from '../../server/src/domain/hostLayout.ts';
import { refactoringsAt } from '../../server/src/features/refactorings.ts';
import type { Refactoring, RefactoringFacts } from '../../server/src/refactorings/refactoring.ts';
import { parseXml } from '../../server/src/xml/parse.ts';
import { descendants } from '../../server/src/xml/query.ts';
import { ROOT } from './root.ts';
import { asDomain, blocksUnder } from './rulePages.ts';

const FOLDER = path.join(ROOT, 'server/src/refactorings');

export interface RefactoringPage {
  readonly name: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly facts: RefactoringFacts;
}

export function refactoringPages(): RefactoringPage[] {
  return globSync('!(*.zh-cn).md', { cwd: FOLDER }).map((file) => {
    const text = readFileSync(path.join(FOLDER, file), 'utf8');
    const [host] = blocksUnder(text, '## Host');
    const capabilities = host === undefined ? null : parseXml(host).root;
    return {
      name: path.basename(file, '.md'),
      before: blocksUnder(text, '## Before').map(asDomain),
      after: blocksUnder(text, '## After').map(asDomain),
      facts: { hostLayout: capabilities ? readHostLayout(capabilities) : undefined },
    };
  });
}

/** What a page's refactoring offers at the first element of a text where it offers anything. */
export function offersOf(page: string, text: string, facts: RefactoringFacts): Refactoring[] {
  const document = parseXml(text);
  if (!document.root) return [];
  for (const element of descendants(document.root)) {
    const offers = refactoringsAt(document, element.nameStart, facts).filter((one) => one.page === page);
    if (offers.length > 0) return offers;
  }
  return [];
}

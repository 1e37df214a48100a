/** Pages with their translations beside them (`cache.md`, `cache.zh-cn.md`), held against each other. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../root.ts';
import { differences } from './compare.ts';

/** What has to be translated: every card, and the pages of these areas' rules. */
const AREAS = ['cpu', 'memory', 'disk', 'network', 'iothreads', 'numa-pinning'];
const REQUIRED = ['server/src/knowledge/cards/**/*.md', `server/src/rules/{${AREAS.join(',')}}/*.md`];
/** What may be. */
const ALL = [
  ...REQUIRED,
  'server/src/knowledge/elements/**/*.md',
  'server/src/rules/*/*.md',
  'server/src/refactorings/*.md',
  'server/src/{xml,grammar,settings}/*.md',
];

const isTranslation = (file: string): boolean => /\.[a-z]{2}-[a-z]{2}\.md$/.test(file);
const translationOf = (file: string, language: string): string => file.replace(/\.md$/, `.${language}.md`);

function filesOf(patterns: readonly string[]): string[] {
  const found = patterns.flatMap((pattern) => globSync(pattern, { cwd: ROOT }));
  return [...new Set(found.map((file) => file.split(path.sep).join('/')))].sort();
}

/** Pages that have to be translated and are not. */
export function untranslatedPages(language: string): string[] {
  return filesOf(REQUIRED).filter(
    (file) => !isTranslation(file) && !existsSync(path.join(ROOT, translationOf(file, language))),
  );
}

/** One line for each thing in which a translation is not the English page. */
export function wrongPages(language: string): string[] {
  return filesOf(ALL)
    .filter((file) => file.endsWith(`.${language}.md`))
    .flatMap((file) => {
      const english = file.replace(`.${language}.md`, '.md');
      if (!existsSync(path.join(ROOT, english))) return [`${file} translates no page`];
      return pageDifferences(read(english), read(file)).map((difference) => `${file} ${difference}`);
    });
}

/** What of two pages does not correspond. */
export function pageDifferences(english: string, translation: string): string[] {
  let count = 0;
  const prose = english.replace(/^```[^\n]*\n[\s\S]*?^```$/gm, () => {
    count += 1;
    return `[[${count}]]`;
  });
  const [wanted, given] = [skeleton(prose), skeleton(translation)];
  return [
    ...(wanted === given ? [] : [`has another sequence of headings and blocks: ${given}, not ${wanted}`]),
    ...(translation.includes('```')
      ? ['has a block of its own: a line [[n]] stands for the n-th of the English page']
      : []),
    ...differences(withoutHead(prose), withoutHead(translation)),
  ];
}

/** `# ## [[1]] ##area/name`: headings by their level, those that are names in full, and the places of blocks. */
function skeleton(page: string): string {
  return [...page.matchAll(/^(#+) (.*)$|^\[\[\d+\]\]$/gm)]
    .map(([line, level, heading = '']) =>
      level === undefined ? line : level + (/^[\w-]+\/[\w-]+/.test(heading) ? heading : ''),
    )
    .join(' ');
}

/** Path, release and sources of a card stand in the English file only. */
function withoutHead(page: string): string {
  return page.replace(/^---\n[\s\S]*?\n---\n/, '').replace(/^\[\[\d+\]\]$/gm, '');
}

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

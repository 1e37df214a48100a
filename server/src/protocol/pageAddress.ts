/** Where the page of a finding can be read: the link behind its code. */
import type { Finding } from '../finding.ts';

export type PageAddress = (finding: Pick<Finding, 'rule' | 'page'>) => string;

const PAGES = 'https://github.com/virtlint/virtlint/blob/main/server/src';

/** The page in the project's repository; a refusal's section within its family's page. */
export const repositoryAddress: PageAddress = ({ rule, page }) => {
  const section = rule === page ? '' : `#${anchor(rule)}`;
  return `${PAGES}/${fileOf(page)}.md${section}`;
};

/** Pages lie beside the code that speaks. */
function fileOf(page: string): string {
  if (/^(xml|grammar)\//.test(page)) return page;
  return page.startsWith('virtlint/') ? page.replace(/^virtlint/, 'settings') : `rules/${page}`;
}

/**
 * An address by a client's own pattern, in which `{rule}` and `{page}` stand for the two ids, URI-encoded, and `{anchor}` for the rule's heading
 * within the page.
 */
export function addressByPattern(pattern: string): PageAddress {
  return ({ rule, page }) =>
    pattern
      .replaceAll('{rule}', encodeURIComponent(rule))
      .replaceAll('{page}', encodeURIComponent(page))
      .replaceAll('{anchor}', anchor(rule));
}

/** The heading of a rule's section as GitHub and VS Code name it in links. */
function anchor(rule: string): string {
  return rule.replaceAll(/[^\w-]/g, '');
}

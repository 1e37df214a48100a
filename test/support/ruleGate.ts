/** What every rule needs beside its code. The examples themselves are run by test/unit/rules/pages.test.ts. */
import { existsSync, globSync } from 'node:fs';
import path from 'node:path';
import type { Rule } from '../../server/src/rules/rule.ts';
import { ROOT } from './root.ts';
import { examplesOf, readPage } from './rulePages.ts';

const RULES = path.join(ROOT, 'server/src/rules');
const ADVICE = ['## Why', '## When not to follow it', '## Sources'];

type Described = Pick<Rule, 'id' | 'page' | 'severity' | 'hasFix'>;

/** One line for each thing that a rule, or a page, lacks. */
export function ruleFaults(rules: readonly Described[]): string[] {
  const ids = rules.map(({ id }) => id);
  const pages = new Set(rules.map(({ page }) => page));
  const orphans = globSync('*/!(*.zh-cn).md', { cwd: RULES }).map((file) =>
    file.split(path.sep).join('/').replace(/\.md$/, ''),
  );
  return [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id}: two rules have this id`),
    ...rules.flatMap((rule) => faultsOf(rule).map((fault) => `${rule.id}: ${fault}`)),
    ...orphans
      .filter((page) => !pages.has(page))
      .map(
        (page) =>
          `server/src/rules/${page}.md: no rule of an index has this page; is it missing in its area's index.ts?`,
      ),
  ];
}

function faultsOf({ id, page, severity, hasFix }: Described): string[] {
  const file = `server/src/rules/${page}.md`;
  if (!existsSync(path.join(RULES, `${page}.md`))) return [`it has no page ${file}`];
  const text = readPage(page);
  const { bad, fixed, good, headings } = examplesOf(text, id, page);
  const isFamily = page !== id;
  const refusal = severity === 'error' ? ['### libvirt says'] : [];
  const needed = isFamily ? refusal : ADVICE;
  return [
    ...needed
      .filter((heading) => !headings.includes(heading))
      .map((heading) => `${file} lacks the heading "${heading}"`),
    ...(text.includes('## Sources') ? [] : [`${file} names no sources`]),
    ...(bad.length > 0 ? [] : [`${file} has no example under Bad`]),
    ...(hasFix && fixed.length !== bad.length ? [`${file} needs an example under Fixed for each under Bad`] : []),
    ...(fixed.length + good.length > 0 ? [] : [`${file} has no example under Good or Fixed`]),
  ];
}

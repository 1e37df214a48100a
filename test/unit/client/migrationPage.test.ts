/** The page of a migration check. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { migrationPage } from '../../../client/src/commands/migration/migrationPage.ts';

const route = { domain: 'web|`x`', source: 'one', target: 'two' };

it('puts what blocks first, with the way out, and lets no name become Markdown', () => {
  const page = migrationPage(route, [
    { weight: 'fine', subject: 'CPU', message: 'All there.' },
    { weight: 'blocks', subject: 'disk a|b', message: '*x* is here alone.', wayOut: 'Copy it.' },
  ]);
  assert.match(page, /\*\*It cannot move as it is:\*\* 1 thing blocks it\./);
  assert.ok(page.indexOf('## Blocks') < page.indexOf('## Fine'));
  assert.match(page, /\| disk a\\\|b \| \\\*x\\\* is here alone\. \| Copy it\. \|/);
  assert.match(page, /^\| CPU \| All there\. \|$/m);
  assert.doesNotMatch(page, /## Endangers/);
});

it('says that nothing was found where all is fine', () => {
  assert.match(migrationPage(route, []), /Nothing was found that stands in the way/);
});

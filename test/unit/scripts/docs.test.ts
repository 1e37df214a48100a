/** The documentation as a site: whole, and at home. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { repositoryAddress } from '../../../server/src/protocol/pageAddress.ts';
import { allRules } from '../../../server/src/rules/index.ts';
import { ROOT } from '../../support/root.ts';

describe('npm run docs', () => {
  let folder = '';
  const files = new Map<string, string>();
  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'docs-'));
    execFileSync(process.execPath, [path.join(ROOT, 'scripts/docs.mjs'), folder]);
    for (const file of globSync('**/*', { cwd: folder, withFileTypes: true }))
      if (file.isFile()) {
        const full = path.join(file.parentPath, file.name);
        files.set(path.relative(folder, full).split(path.sep).join('/'), readFileSync(full, 'utf8'));
      }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const anchorsOf = (text: string): Set<string> =>
    new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, anchor = '']) => anchor));

  test('every rule has its page in both languages, and its heading there', () => {
    for (const { id, page } of allRules)
      for (const top of ['', 'zh-cn/']) {
        const text = files.get(`${top}rules/${page}.html`);
        assert.ok(text, `${top}${page}`);
        const anchor = repositoryAddress({ rule: id, page }).split('#')[1];
        assert.ok(anchor === undefined || anchorsOf(text).has(anchor), `${page} has no heading ${id}`);
      }
  });

  test('every link within leads to a page, and to a heading of it', () => {
    const broken: string[] = [];
    let links = 0;
    for (const [file, text] of files)
      for (const [, href = ''] of text.matchAll(/ href="([^"]+)"/g)) {
        if (/^[a-z]+:/.test(href)) continue;
        const [to = '', anchor] = href.split('#');
        const target = to === '' ? file : path.posix.join(path.posix.dirname(file), decodeURIComponent(to));
        const found = files.get(target);
        links++;
        if (found === undefined || (anchor && !anchorsOf(found).has(anchor))) broken.push(`${file} → ${href}`);
      }
    assert.deepEqual([...new Set(broken)], []);
    assert.ok(links > 3000, String(links));
  });

  test('nothing is loaded from elsewhere', () => {
    for (const [file, text] of files)
      assert.doesNotMatch(text, /<(?:link|script|img|iframe)[^>]*(?:src|href)="(?:[a-z]+:)?\/\//i, file);
  });

  test('what stands in a page as text is not taken for HTML', () => {
    const pages = [...files].filter(([file]) => file.endsWith('.html'));
    for (const [file, text] of pages) assert.equal((text.match(/<main>/g) ?? []).length, 1, file);
    assert.match(files.get('rules/disk/cache-writeback.html') ?? '', /&lt;disk type='file' device='disk'&gt;/);
  });
});

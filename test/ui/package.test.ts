/** What users install: nothing forgotten, nothing too much. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { packagedExtension, zipEntries } from '../support/packages.ts';
import { ROOT } from '../support/root.ts';

/** Bytes; peers have 2 to 15 MB. */
const sizeLimit = 2_000_000;

/** Bytes of what every window reads that has an XML file open, whoever's it is. */
const startLimit = 12 * 1024;

const needed = [
  'extension.vsixmanifest',
  'extension/package.json',
  'extension/readme.md',
  'extension/changelog.md',
  'extension/LICENSE.txt',
  'extension/dist/client.js',
  'extension/dist/extension.js',
  'extension/dist/languageClient.js',
  'extension/dist/browser/client.js',
  'extension/dist/browser/server.js',
  'extension/dist/server.js',
  'extension/dist/live.js',
  'extension/dist/screen.js',
  'extension/dist/THIRD-PARTY-NOTICES.txt',
  'extension/dist/pages.json',
  'extension/dist/pages.zh-cn.json',
  'extension/dist/l10n/bundle.l10n.zh-cn.json',
  'extension/dist/snippets.json',
  'extension/dist/texts/cards.json',
  'extension/dist/texts/cards.zh-cn.json',
  'extension/dist/texts/elements.json',
  'extension/dist/texts/elements.zh-cn.json',
  'extension/dist/texts/zh-cn.json',
  'extension/dist/texts/snippets.json',
  'extension/dist/grammar/domain.json',
  'extension/schemas/NOTICE',
  'extension/schemas/libvirt-host.schema.json',
  'extension/schemas/virtlint.schema.json',
];

const allowed = [
  /^\[Content_Types\]\.xml$/,
  /^extension\/(package\.nls[^/]*\.json|icon\.png|language-configuration\.json)$/,
  /^extension\/(examples\/[\w-]+\.xml|media\/[\w-]+\.svg)$/,
  /^extension\/(dist\/l10n|syntaxes|dist\/grammar)\/[^/]+\.json$/,
];

describe('the package', () => {
  let folder = '';
  let vsix = '';
  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'vsix-'));
    vsix = packagedExtension(folder);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('holds what the extension needs', () => {
    const entries = zipEntries(vsix);
    assert.deepEqual(
      needed.filter((name) => !entries.includes(name)),
      [],
    );
  });

  it('holds nothing else', () => {
    const rest = zipEntries(vsix).filter((name) => !needed.includes(name) && !allowed.some((form) => form.test(name)));
    assert.deepEqual(rest, []);
  });

  it(`is smaller than ${sizeLimit / 1_000_000} MB`, () => {
    const { size } = statSync(vsix);
    assert.ok(size < sizeLimit, `${size} bytes`);
  });

  it('loads little at first: the rest of the extension comes when it is wanted', () => {
    const { size } = statSync(path.join(ROOT, 'dist/client.js'));
    assert.ok(size < startLimit, `${size} bytes`);
  });
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { checkText } from '../../../server/src/check.ts';
import { documentProofs } from '../../../server/src/domain/documentProofs.ts';
import { recognise } from '../../../server/src/domain/recognise.ts';
import { completion } from '../../../server/src/features/completion.ts';
import { hover } from '../../../server/src/features/hover.ts';
import { documentSymbols } from '../../../server/src/features/symbols.ts';
import { builtInGrammars } from '../../../server/src/grammar/builtIn.ts';
import { documentKinds } from '../../../server/src/grammar/kinds.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { broken, kindDocuments } from './kindDocuments.ts';

/** Debian's libvirt 9.0 puts its schemas there. */
const SCHEMAS = '/usr/share/libvirt/schemas';
const RELEASE = '9.0.0';

describe("every kind of libvirt's documents", () => {
  it('has a schema, a way to be recognised, and a document here', () => {
    const roots = documentKinds.map(({ root }) => root).sort();
    assert.deepEqual(Object.keys(documentProofs).sort(), roots);
    assert.deepEqual(kindDocuments.map(({ root }) => root).sort(), roots);
  });

  for (const document of kindDocuments) {
    const { root, valid, fault } = document;
    it(`<${root}> is recognised, checked, completed and explained`, () => {
      assert.equal(recognise(valid), root);
      const errors = (text: string) => checkText(text).filter(({ severity }) => severity === 'error');
      assert.deepEqual(errors(valid), []);
      assert.equal(errors(broken(document)).length, 1, fault[1]);
      const xml = parseXml(valid);
      const startTag = valid.slice(0, valid.indexOf('>') + 1);
      assert.notDeepEqual(completion(parseXml(startTag), startTag.length), []);
      assert.match(hover(xml, 2)?.markdown ?? '', new RegExp(`<${root}>`));
      assert.ok(documentSymbols(xml)[0]?.name);
    });
  }
});

describe('the verdicts on every kind', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'virtlint-kinds-'));
  after(() => rmSync(folder, { recursive: true }));
  const skip = !existsSync(SCHEMAS)
    ? `libvirt's schemas are not installed at ${SCHEMAS}`
    : spawnSync('xmllint', ['--version']).error && 'xmllint is not installed';

  for (const document of kindDocuments) {
    const schema = documentKinds.find(({ root }) => root === document.root)?.schema ?? '';
    const missing = document.isNewSchema ? 'no schema of its own in that release' : skip;
    it(`are xmllint's for <${document.root}>`, { skip: missing || false }, () => {
      const grammars = builtInGrammars(document.root);
      const grammar = grammars?.at(grammars.releases.indexOf(RELEASE));
      for (const text of [document.valid, broken(document)]) {
        const file = path.join(folder, 'document.xml');
        writeFileSync(file, text);
        const { status, stderr } = spawnSync(
          'xmllint',
          ['--noout', '--relaxng', path.join(SCHEMAS, `${schema}.rng`), file],
          {
            encoding: 'utf8',
          },
        );
        assert.equal(grammar?.accepts(parseXml(text)), status === 0, `${text}\n${stderr}`);
      }
    });
  }
});

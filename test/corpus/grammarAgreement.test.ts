/** The yes or no of our grammar against that of other validators, over libvirt's own test domains and mutants of them. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { domainGrammar } from '../../server/src/grammar/builtIn.ts';
import { compileGrammar } from '../../server/src/grammar/compile/compile.ts';
import { prune } from '../../server/src/grammar/compile/prune.ts';
import { compileReleases, type ReleaseFolder } from '../../server/src/grammar/compile/releases.ts';
import { documentKinds } from '../../server/src/grammar/kinds.ts';
import { absent, contentIn, type GrammarTable } from '../../server/src/grammar/table.ts';
import { parseXml } from '../../server/src/xml/parse.ts';
import { Random } from '../support/random.ts';
import { ROOT } from '../support/root.ts';
import { mutated } from './mutants.ts';

const shared = process.env.VIRTLINT_SHARED ?? path.join(ROOT, '..', 'shared');
const schemas = path.join(shared, 'corpus/schemas/12.8.0');
const domains = ['accepted', 'refused'].map((name) => path.join(shared, 'corpus/libvirt', name));
const hasCorpus = existsSync(schemas) && domains.every((folder) => existsSync(folder));
const has = (tool: string) => spawnSync(tool, ['--version']).error === undefined;
const skipped = (tool: string) => {
  if (!hasCorpus) return `no corpus at ${shared}`;
  return has(tool) ? false : `${tool} is not installed`;
};

const MUTANTS = 5000;
/** Files of one run of a validator: the length of a command line is limited. */
const BATCH = 3000;
const grammar = domainGrammar();

function batches(files: readonly string[]): string[][] {
  const all: string[][] = [];
  for (let start = 0; start < files.length; start += BATCH) all.push(files.slice(start, start + BATCH));
  return all;
}

/** The files that a validator accepts. */
const oracles: Readonly<Record<string, (files: readonly string[]) => Set<string>>> = {
  xmllint: (files) => {
    const schema = path.join(schemas, 'domain.rng');
    const output = batches(files).map(
      (batch) =>
        spawnSync('xmllint', ['--noout', '--relaxng', schema, ...batch], { encoding: 'utf8', maxBuffer: 2 ** 28 })
          .stderr,
    );
    return new Set([...output.join('\n').matchAll(/^(.*) validates$/gm)].map((match) => match[1] ?? ''));
  },
  jing: (files) => {
    const schema = path.join(schemas, 'domain.rng');
    const output = batches(files).map(
      (batch) => spawnSync('jing', [schema, ...batch], { encoding: 'utf8', maxBuffer: 2 ** 28 }).stdout,
    );
    const wrong = new Set([...output.join('\n').matchAll(/^(.*?\.xml):\d+:/gm)].map((match) => match[1] ?? ''));
    return new Set(files.filter((file) => !wrong.has(file)));
  },
};

describe('agreement on what is valid', () => {
  const files: string[] = [];
  let folder = '';

  before(() => {
    if (!hasCorpus) return;
    for (const from of domains)
      for (const name of readdirSync(from).filter((one) => one.endsWith('.xml'))) files.push(path.join(from, name));
    // A namespace without a binding, or an entity of a DTD, is no affair of the grammar.
    const texts = files
      .map((file) => readFileSync(file, 'utf8'))
      .filter((text) => parseXml(text).problems.length === 0);
    const random = new Random(1);
    folder = mkdtempSync(path.join(os.tmpdir(), 'virtlint-agreement-'));
    for (let made = 0; made < MUTANTS; ) {
      const text = mutated(texts[random.below(texts.length)] ?? '', random);
      if (text === undefined || parseXml(text).problems.length) continue;
      const file = path.join(folder, `${made++}.xml`);
      writeFileSync(file, text);
      files.push(file);
    }
  });
  after(() => folder && rmSync(folder, { recursive: true }));

  for (const [tool, accepted] of Object.entries(oracles))
    it(`with ${tool}, on every domain of the corpus and ${MUTANTS} mutants`, { skip: skipped(tool) }, () => {
      const wellFormed = files.filter((file) => parseXml(readFileSync(file, 'utf8')).problems.length === 0);
      assert.ok(wellFormed.length > MUTANTS + 700, `${wellFormed.length} files`);
      const right = accepted(wellFormed);
      const differing = wellFormed.filter(
        (file) => grammar.accepts(parseXml(readFileSync(file, 'utf8'))) !== right.has(file),
      );
      assert.deepEqual(
        differing.map((file) => `${path.basename(file)}: ${right.has(file)}`),
        [],
      );
    });

  it('of the search for errors with the yes/no pass', { skip: hasCorpus ? false : skipped('') }, () => {
    for (const file of files) {
      const document = parseXml(readFileSync(file, 'utf8'));
      if (document.problems.length || document.root?.name !== 'domain') continue;
      assert.equal(grammar.check(document).length === 0, grammar.accepts(document), file);
    }
  });

  for (const { schema } of documentKinds)
    it(`of ${schema}.json with the schemas that it is made of`, { skip: hasCorpus ? false : skipped('') }, () => {
      const folder = path.join(shared, 'corpus/schemas');
      const releases = readdirSync(folder).map((name) => ({
        name,
        read: (file: string) => {
          const found = path.join(folder, name, file);
          return existsSync(found) ? readFileSync(found, 'utf8') : undefined;
        },
      }));
      const result = compileReleases(schema, releases);
      assert.ok(result.ok, result.ok ? '' : result.message);
      const shipped: GrammarTable = JSON.parse(readFileSync(path.join(ROOT, `schemas/grammar/${schema}.json`), 'utf8'));
      assert.deepEqual(shipped, JSON.parse(JSON.stringify(result.table)));
      // From the merged table, each release can be had again as it was compiled.
      for (const [index, name] of shipped.releases.entries()) {
        const read = reader(releases, name);
        if (read(`${schema}.rng`) === undefined) continue;
        const alone = compileGrammar(`${schema}.rng`, read, name);
        assert.ok(alone.ok);
        assert.deepEqual(
          prune(onlyRelease(shipped, index)),
          withoutDefinitions(JSON.parse(JSON.stringify(alone.table))),
        );
      }
    });
});

function reader(releases: readonly ReleaseFolder[], name: string): ReleaseFolder['read'] {
  return releases.find((one) => one.name === name)?.read ?? (() => undefined);
}

/** Definitions are named as in the newest release; they are no part of the grammar. */
function withoutDefinitions(table: GrammarTable): GrammarTable {
  return { ...table, elements: table.elements.map(([name, , contents]) => [name, '', contents]) };
}

function onlyRelease(table: GrammarTable, release: number): GrammarTable {
  return {
    ...table,
    releases: [table.releases[release] ?? ''],
    starts: [table.starts[release] ?? absent],
    elements: table.elements.map((element) => [element[0], '', [[0, contentIn(element, release)]]]),
  };
}

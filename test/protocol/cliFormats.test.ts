/** The formats of `virtlint check`, each held against its own grammar. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, describe, test } from 'node:test';
import { Ajv } from 'ajv';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { CommandLine, plainDomain } from '../support/commandLine.ts';

/** The published schema, as one of its publishers ships it. It calls itself draft-04, and only `id` reads otherwise today. */
const require = createRequire(import.meta.url);
const schemaFile = require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const schema = JSON.parse(readFileSync(schemaFile, 'utf8'), (key, value) =>
  (key === '$schema' || key === 'id') && typeof value === 'string' ? undefined : value,
);

const cli = new CommandLine();
after(() => cli.remove());

const DISKS = `    <disk type='file' device='disk'>
      <driver name='qemu' type='raw' cache='writeback' io='native'/>
      <source file='/a&amp;b.img'/>
      <target dev='sda' bus='sata'/>
    </disk>
`;
cli.write('good.xml', plainDomain());
cli.write('with space/bad,1.xml', plainDomain(DISKS).replace('<vcpu>', '<vcpu a="1"\n>'));
cli.write('deep/two.xml', plainDomain(`${DISKS}${DISKS.replace('sda', 'sdb')}`));
const names = ['good.xml', 'with space', 'deep/two.xml'];
const report = (format: string, ...more: string[]) => cli.run(['check', '--format', format, ...more, ...names]);
const findings: { file: string; rule: string; severity: string; message: string }[] = JSON.parse(report('json').stdout);

describe('sarif', () => {
  const { status, stdout } = report('sarif');
  const log = JSON.parse(stdout);
  const [run] = log.runs;

  test('is valid by the published schema of 2.1.0', () => {
    assert.equal(status, 1);
    const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);
    assert.ok(validate(log), JSON.stringify(validate.errors));
    assert.ok(validate(JSON.parse(cli.run(['check', '--format', 'sarif', '--quiet', 'good.xml']).stdout)), 'empty');
    assert.ok(!validate(JSON.parse(stdout.replace('"2.1.0"', '"2"'))), 'the schema finds faults');
  });

  test('tells what json tells, and of each rule what it is about', () => {
    assert.deepEqual(
      run.results.map(({ ruleId }: { ruleId: string }) => ruleId),
      findings.map(({ rule }) => rule),
    );
    const { rules } = run.tool.driver;
    for (const { ruleId, ruleIndex } of run.results) assert.equal(rules[ruleIndex].id, ruleId);
    for (const { id, shortDescription, help, helpUri } of rules) {
      assert.ok(shortDescription.text.length > 10, id);
      assert.ok(help.markdown.length > shortDescription.text.length, id);
      assert.match(helpUri, /^https:\/\/.*\.md(#[\w-]+)?$/);
    }
  });

  test('names files by URI, lines and columns from 1, and fingerprints that a new line above does not change', () => {
    const results: { locations: { physicalLocation: { artifactLocation: { uri: string }; region: object } }[] }[] =
      run.results;
    const uris = new Set(results.map(({ locations: [at] }) => at?.physicalLocation.artifactLocation.uri));
    assert.deepEqual(
      [...uris],
      ['good.xml', 'with%20space/bad%2C1.xml', 'deep/two.xml'].filter((uri) => uris.has(uri)),
    );
    assert.ok(uris.has('with%20space/bad%2C1.xml'));
    const fingerprints = (text: string) => {
      const { runs } = JSON.parse(cli.run(['check', '--format', 'sarif', '-'], text).stdout);
      return runs[0].results.map((one: { partialFingerprints: object }) => one.partialFingerprints);
    };
    const text = plainDomain(`${DISKS}${DISKS}`);
    const before = fingerprints(text);
    assert.equal(new Set(before.map((one: object) => JSON.stringify(one))).size, before.length, 'no two alike');
    assert.deepEqual(fingerprints(`<!-- new -->\n${text}`), before);
  });
});

describe('junit', () => {
  const { status, stdout } = report('junit');
  test('is well-formed, a suite for each file, a failure for each error', () => {
    assert.equal(status, 1);
    assert.equal(XMLValidator.validate(stdout), true);
    const parser = new XMLParser({
      ignoreAttributes: false,
      isArray: (name) => ['testsuite', 'testcase'].includes(name),
    });
    const suites: { '@_name': string; '@_tests': string; '@_failures': string; testcase: object[] }[] =
      parser.parse(stdout).testsuites.testsuite;
    assert.deepEqual(
      suites.map((suite) => suite['@_name']),
      ['good.xml', 'with space/bad,1.xml', 'deep/two.xml'],
    );
    for (const suite of suites) {
      const own = findings.filter(({ file }) => file === suite['@_name']);
      assert.equal(Number(suite['@_tests']), suite.testcase.length);
      assert.equal(suite.testcase.length, Math.max(1, own.length));
      const errors = own.filter(({ severity }) => severity === 'error').length;
      assert.equal(Number(suite['@_failures']), errors);
      assert.equal(suite.testcase.filter((one) => 'failure' in one).length, errors);
    }
  });
});

describe('github', () => {
  const lines = report('github').stdout.trimEnd().split('\n');
  test('is one workflow command a finding, with escapes', () => {
    assert.equal(lines.length, findings.length);
    const form = /^::(error|warning|notice) file=[^,:]+(,[a-zA-Z]+=[^,:]+)*,title=[^,:]+::[^\n]+$/;
    for (const line of lines) assert.match(line, form);
    assert.ok(lines.some((line) => line.includes('file=with space/bad%2C1.xml,')));
    const levels: Record<string, string> = {
      error: 'error',
      warning: 'warning',
      information: 'notice',
      hint: 'notice',
    };
    assert.deepEqual(
      lines.map((line) => line.slice(2, line.indexOf(' '))),
      findings.map(({ severity }) => levels[severity]),
    );
  });
});

test('--quiet tells errors only, and counts warnings all the same', () => {
  const warned = plainDomain('', '');
  const { status, stdout } = cli.run(['check', '--quiet', '--max-warnings', '0', '--format', 'json', '-'], warned);
  assert.deepEqual([status, JSON.parse(stdout)], [1, []]);
});

test('pretty is coloured for a terminal only', () => {
  assert.ok(!report('pretty').stdout.includes('\u001b'));
});

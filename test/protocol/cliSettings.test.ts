/** What the command line reads besides documents: project files, globs, options; and what it tells of rules. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { CommandLine, plainDomain } from '../support/commandLine.ts';

const cli = new CommandLine();
after(() => cli.remove());

const RULE = 'cpu/missing-cpu-element';
const WARNED = plainDomain('', '');
cli.write('plain/vm.xml', WARNED);
cli.write(
  'project/.virtlint.json',
  JSON.stringify({
    severity: { [RULE]: 'error' },
    overrides: [{ files: 'lab/**', suppress: { [RULE]: 'lab guests run anywhere' } }],
  }),
);
cli.write('project/vm.xml', WARNED);
cli.write('project/lab/deep/vm.xml', WARNED);
cli.write('project/notes.xml', '<notes/>');
cli.write('faulty/.virtlint.json', '{\n  "severity": { "cpu/nope": "off", "disk": "loud" }\n}\n');
cli.write('faulty/vm.xml', WARNED);
cli.write('faulty/vm2.xml', WARNED);

interface Told {
  readonly file: string;
  readonly rule: string;
  readonly severity: string;
  readonly range: { readonly start: object };
}
const told = (...args: string[]): Told[] => JSON.parse(cli.run(['check', '--format', 'json', ...args]).stdout);
const about = (findings: readonly Told[], rule = RULE) =>
  findings.filter((one) => one.rule === rule).map(({ file, severity }) => `${file} ${severity}`);

describe('project files', () => {
  test('each file has the nearest upwards', () => {
    assert.deepEqual(about(told('plain', 'project')), ['plain/vm.xml warning', 'project/vm.xml error']);
  });

  test('--no-config and --config', () => {
    assert.deepEqual(about(told('--no-config', 'project')), [
      'project/lab/deep/vm.xml warning',
      'project/vm.xml warning',
    ]);
    assert.deepEqual(about(told('--config', 'project/.virtlint.json', 'plain')), ['plain/vm.xml error']);
    const { status, stderr } = cli.run(['check', '--config', 'none.json', 'plain']);
    assert.equal(status, 2);
    assert.match(stderr, /none\.json: there is no such file/);
    assert.equal(cli.run(['check', '--config', 'x', '--no-config', 'plain']).status, 2);
  });

  test('standard input belongs where its name says', () => {
    const finding = (...more: string[]) =>
      about(JSON.parse(cli.run(['check', '--format', 'json', ...more, '-'], WARNED).stdout));
    assert.deepEqual(finding(), ['- warning']);
    assert.deepEqual(finding('--stdin-name', 'project/new.xml'), ['project/new.xml error']);
  });

  test('a faulty one is told of once, at the place, and the run fails', () => {
    const findings = told('faulty').filter(({ rule }) => rule === 'virtlint/project-file');
    assert.deepEqual(
      findings.map(({ file, severity, range }) => [file, severity, range.start]),
      [
        ['faulty/.virtlint.json', 'warning', { line: 1, character: 16 }],
        ['faulty/.virtlint.json', 'error', { line: 1, character: 43 }],
      ],
    );
    const { status, stdout } = cli.run(['check', 'faulty']);
    assert.equal(status, 1);
    assert.match(stdout, /"disk": "loud" \}\n +\^{6}$/m);
  });

  test('suppressions that silence nothing are told of where the whole project was checked', () => {
    const entry = '    "disk/emulated-bus": "x",';
    cli.write(
      'unused/.virtlint.json',
      `{ "overrides": [{ "files": "*.xml", "suppress": {\n${entry}\n    "${RULE}": "x"\n} }] }`,
    );
    cli.write('unused/vm.xml', WARNED);
    cli.write('unused/more/vm.xml', WARNED);
    const own = (...args: string[]) =>
      told(...args).flatMap(({ file, rule, range }) =>
        rule === 'virtlint/unused-suppression' ? [[file, range.start]] : [],
      );
    assert.deepEqual(own('unused'), [['unused/.virtlint.json', { line: 1, character: 4 }]]);
    assert.deepEqual(own('.'), own('unused'));
    assert.deepEqual(own('unused/more'), []);
    assert.deepEqual(own('unused/vm.xml'), []);
  });

  test('--profile moves severities, below those that the project names', () => {
    const ksm = 'memory/ksm-page-sharing';
    assert.deepEqual(about(told('--profile', 'locked-down', 'plain'), ksm), ['plain/vm.xml error']);
    assert.deepEqual(about(told('--profile', 'dense', 'plain'), ksm), []);
    assert.deepEqual(about(told('--profile', 'windows', '--profile', 'migratable', 'project/vm.xml')), [
      'project/vm.xml error',
    ]);
  });
});

describe('globs', () => {
  test('stand for the documents that fit', () => {
    assert.deepEqual(about(told('--no-config', 'project/**/vm.xml')).sort(), [
      'project/lab/deep/vm.xml warning',
      'project/vm.xml warning',
    ]);
    assert.deepEqual(about(told('{plain,faulty}/*.xml')), [
      'faulty/vm.xml warning',
      'faulty/vm2.xml warning',
      'plain/vm.xml warning',
    ]);
  });

  test('that fit nothing are unreadable input', () => {
    const { status, stderr } = cli.run(['check', '*.zml']);
    assert.equal(status, 2);
    assert.match(stderr, /\*\.zml: no file fits/);
  });

  test('below a folder that is not there fit nothing', () => {
    const { status, stderr } = cli.run(['check', 'nowhere/**/*.xml']);
    assert.equal(status, 2);
    assert.match(stderr, /nowhere: there is no such file/);
  });

  test('a file whose name looks like one is a file', () => {
    cli.write('odd[1].xml', WARNED);
    assert.deepEqual(about(told('odd[1].xml')), ['odd[1].xml warning']);
  });
});

describe('virtlint rules', () => {
  test('lists every rule by area, with what it is about', () => {
    const { status, stdout } = cli.run(['rules']);
    assert.equal(status, 0);
    for (const id of ['cpu/missing-cpu-element', 'grammar/wrong-value', 'xml/no-root', 'virtlint/unused-suppression'])
      assert.match(stdout, new RegExp(`^ {2}${id} +(error|warning) +(fix)? +\\S.*$`, 'm'));
    const json: { id: string; area: string; summary: string; page: string }[] = JSON.parse(
      cli.run(['rules', '--format', 'json', '--area', 'disk']).stdout,
    );
    assert.ok(json.length > 20);
    for (const { id, area, summary, page } of json) {
      assert.equal(area, 'disk');
      assert.ok(summary.length > 10, id);
      assert.match(page, /^https:/);
    }
  });

  test('with the severities of a profile', () => {
    assert.match(cli.run(['rules', '--area', 'memory', '--profile', 'dense']).stdout, /memory\/ksm-page-sharing +off /);
    assert.equal(cli.run(['rules', '--area', 'nope']).status, 2);
  });
});

describe('virtlint explain', () => {
  const explained = (id: string): string => {
    const { status, stdout } = cli.run(['explain', id]);
    assert.equal(status, 0, id);
    return stdout;
  };
  test('rules, what the parser, the grammar and virtlint itself say', () => {
    assert.match(explained('disk/cache-default'), /^# disk\/cache-default/);
    assert.match(explained('grammar/wrong-value'), /^## grammar\/wrong-value\n/);
    assert.doesNotMatch(explained('grammar/wrong-value'), /^## grammar\/wrong-text/m);
    assert.match(explained('xml/unknown-entity'), /^## A character needs an escape/);
    assert.match(explained('virtlint/missing-reason'), /^## virtlint\/missing-reason/);
    assert.match(explained('virtlint/suppressions'), /virtlint-disable-next/);
    assert.match(explained('virtlint/project-file'), /"profile"/);
  });
  test('paths of elements and attributes, from anywhere', () => {
    const whole = explained('domain/devices/disk/driver/@cache');
    assert.equal(explained('disk/driver/@cache'), whole.replace(/^# domain.*/, '# disk/driver/@cache'));
  });
  test('what is not there, with what was meant', () => {
    const { status, stderr } = cli.run(['explain', 'disk/cache-defualt']);
    assert.equal(status, 2);
    assert.match(stderr, /did you mean disk\/cache-default/);
  });
});

test('options of another command and wrong values: exit 2, and why', () => {
  const cases: readonly (readonly [args: string[], message: RegExp])[] = [
    [['check', '--dry-run', 'plain'], /check takes no --dry-run/],
    [['explain', '--quiet', 'x'], /explain takes no --quiet/],
    [['check', '--profile', 'fast', 'plain'], /no profile 'fast'; there are migratable/],
    [['fix', '--rule', 'disk/nope', 'plain'], /no rule 'disk\/nope'/],
    [['fix', '--severity', 'grave', 'plain'], /no severity 'grave'/],
    [['fix'], /fix needs a file/],
    [['check', '-', '-'], /only once/],
    [['rules', 'disk'], /--area/],
  ];
  for (const [args, message] of cases) {
    const { status, stdout, stderr } = cli.run(args, '');
    assert.deepEqual([status, stdout], [2, ''], args.join(' '));
    assert.match(stderr, message);
  }
});

/**
 * The figures of the grammar: errors put in by our own generators, completion, and the time of a check. Measured on libvirt's own test
 * domains where they are at hand, else on the samples of our tests.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { domainGrammar } from '../../server/src/grammar/builtIn.ts';
import { Grammar } from '../../server/src/grammar/grammar.ts';
import { parseXml } from '../../server/src/xml/parse.ts';
import { measureCompletion } from '../support/completionMeasure.ts';
import { validDomains, withoutCorpus } from '../support/corpus.ts';
import { type InjectionFigures, measureIndependent, measureInjections } from '../support/grammarMeasure.ts';
import { applyChanges, injection, injectionKinds, type ValidDomain, validDomain } from '../support/injections.ts';
import { Random } from '../support/random.ts';
import { ROOT } from '../support/root.ts';
import { sampleDomains } from '../unit/xml/sampleDomains.ts';
import { domainOf } from './documents.ts';
import { type Figure, milliseconds, quantile, time } from './figure.ts';

const EACH = 100;
const COMPLETED_ONE_IN = 8;

function domains(): readonly [ValidDomain, ...ValidDomain[]] {
  const found = withoutCorpus ? sampleDomains.flatMap((text) => validDomain('sample', text) ?? []) : validDomains();
  const [first, ...others] = found;
  if (!first) throw new Error('no valid domain to measure on');
  return [first, ...others];
}

const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;

/** Of schema, errors and completion. */
export function grammarFigures(): Figure[] {
  const all = domains();
  const where = `${all.length} domains`;
  return [
    ...injected(all, where),
    wrongChoices(all),
    independent(all),
    ...completed(all),
    ...oracles(all),
    ...durations(),
  ];
}

function injected(all: readonly [ValidDomain, ...ValidDomain[]], where: string): Figure[] {
  const kinds = injectionKinds.map((kind) => measureInjections(all, kind, EACH, new Random(1)));
  const sum = (of: (figures: InjectionFigures) => number) => kinds.reduce((total, one) => total + of(one), 0);
  const count = sum((one) => one.count);
  const share = (of: (figures: InjectionFigures) => number) => percent(sum(of), count);
  return [
    {
      what: `injected error found / exact and alone (${count} errors in ${where})`,
      measured: `${share((one) => one.found)} / ${share((one) => one.exact)}`,
      target: '≥ 99.8 / ≥ 99.5 %',
    },
    {
      what: 'preferred fix leaves the document valid / gives back the original text',
      measured: `${share((one) => one.repaired)} / ${share((one) => one.restored)}`,
      target: '≥ 93 / ≥ 55 %',
    },
  ];
}

function wrongChoices(all: readonly [ValidDomain, ...ValidDomain[]]): Figure {
  const { count, found, exact } = measureInjections(all, 'wrong choice', 2 * EACH, new Random(2));
  return {
    what: 'legal but wrong discriminator placed / and nothing else said',
    measured: `${percent(found, count)} / ${percent(exact, count)}`,
    target: '≥ 85 %',
  };
}

function independent(all: readonly [ValidDomain, ...ValidDomain[]]): Figure {
  const { errors, found, diagnostics } = measureIndependent(all, 2 * EACH, 4, new Random(3));
  return {
    what: 'four independent errors a file: found, and diagnostics given',
    measured: `${found} of ${errors} with ${diagnostics}`,
    target: 'all, ≤ 1.02 an error',
  };
}

function completed(all: readonly ValidDomain[]): Figure[] {
  const some = all.length > COMPLETED_ONE_IN ? all.filter((_, index) => index % COMPLETED_ONE_IN === 0) : all;
  const kinds = Object.values(measureCompletion(some, new Random(4)));
  const sum = (of: 'asked' | 'offered' | 'tried' | 'fitting') => kinds.reduce((total, one) => total + one[of], 0);
  return [
    {
      what: `completion: removed name or value offered (${sum('asked')}) / what is offered fits (${sum('tried')} tried)`,
      measured: `${percent(sum('offered'), sum('asked'))} / ${percent(sum('fitting'), sum('tried'))}`,
      target: '100 / ≥ 99 %',
    },
  ];
}

/** Errors put in that another validator takes for none. */
function oracles(all: readonly [ValidDomain, ...ValidDomain[]]): Figure[] {
  const schema =
    process.env.VIRTLINT_SCHEMA ??
    path.join(process.env.VIRTLINT_SHARED ?? path.join(ROOT, '..', 'shared'), 'corpus/schemas/12.8.0/domain.rng');
  const what = 'verdict against xmllint on injected errors: disagreements';
  const target = 'none that is ours';
  if (!existsSync(schema)) return [{ what, measured: 'skipped: no schema at hand', target }];
  if (spawnSync('xmllint', ['--version']).error) return [{ what, measured: 'skipped: not installed', target }];
  const folder = mkdtempSync(path.join(os.tmpdir(), 'virtlint-bench-'));
  const random = new Random(5);
  const files: string[] = [];
  while (files.length < 10 * EACH) {
    const domain = random.pick(all);
    const made = injection(domain, injectionKinds[files.length % injectionKinds.length] ?? '', random);
    if (!made) continue;
    const file = path.join(folder, `${files.length}.xml`);
    writeFileSync(file, applyChanges(domain.document.text, made.changes));
    files.push(file);
  }
  const output = spawnSync('xmllint', ['--noout', '--relaxng', schema, ...files], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const accepted = [...output.stderr.matchAll(/^(.*) validates$/gm)].length;
  rmSync(folder, { recursive: true });
  return [{ what, measured: `${accepted} of ${files.length}`, target }];
}

function durations(): Figure[] {
  const grammar = domainGrammar();
  // Parsed anew for each round, just before, as it happens at every key: a tree remembers its verdict.
  const validate = (text: string, rounds: number) => {
    const each = Array.from({ length: rounds }, () => {
      const tree = parseXml(text);
      return time(() => grammar.accepts(tree));
    });
    return quantile(each.slice(rounds >> 1), 0.5);
  };
  const table = readFileSync(path.join(ROOT, 'schemas/grammar/domain.json'), 'utf8');
  const loads = Array.from({ length: 9 }, () =>
    time(() => new Grammar(JSON.parse(table)).accepts(parseXml('<domain/>'))),
  );
  return [
    {
      what: 'validate a typical domain (100 lines), warm',
      measured: milliseconds(validate(domainOf(100), 600)),
      target: '≤ 0.05 ms',
    },
    { what: 'validate 10,000 lines, warm', measured: milliseconds(validate(domainOf(10_000), 40)), target: '≤ 8 ms' },
    { what: 'load the table of the domain', measured: milliseconds(quantile(loads, 0.5)), target: '≤ 25 ms' },
  ];
}

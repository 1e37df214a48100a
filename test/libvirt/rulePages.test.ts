/**
 * The examples of every rule's page, shown to a real libvirt: it takes all that the page calls good, and refuses what the
 * rule calls an error.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { allRules } from '../../server/src/rules/index.ts';
import type { Rule } from '../../server/src/rules/rule.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { asDomain, examplesOf, readPage } from '../support/rulePages.ts';
import { emulated } from './support/documents.ts';
import { commandLine, define, libvirtRelease, start, testDriver, type Verdict } from './support/libvirtOracle.ts';
import { outOfReach, refuses } from './support/refusals.ts';

describe('examples of the rules, shown to libvirt', { skip: requirements(...daemonPrograms) }, () => {
  let bed: LibvirtDaemon;
  let release: readonly number[];
  /** Of each text: the test driver's verdict, with the schema; the QEMU driver's; and its verdict on the command line. */
  let shown: ReadonlyMap<string, readonly Verdict[]>;
  before(async () => {
    release = await libvirtRelease();
    bed = await LibvirtDaemon.start();
    const texts = [...new Set(allRules.flatMap((rule) => [...mistakes(rule), ...clean(rule)]))];
    const onBed = texts.map(emulated);
    const [tested, [defined, started]] = await Promise.all([
      define(testDriver, texts, true),
      define(bed.uri, onBed).then(async (verdicts) => [verdicts, await commandLine(bed.uri, onBed)] as const),
    ]);
    shown = new Map(
      texts.map((text, index) => [text, [tested, defined, started].flatMap((verdicts) => verdicts[index] ?? [])]),
    );
  });
  after(() => bed.stop());

  const verdictsOf = (text: string): readonly Verdict[] => {
    const verdicts = shown.get(text) ?? [];
    assert.equal(verdicts.length, 3, 'three answers of libvirt');
    return verdicts;
  };

  for (const rule of allRules) {
    test(rule.id, async (context) => {
      if (isNewer(rule.since, release)) {
        context.skip(`since libvirt ${rule.since}, this is ${release.join('.')}`);
        return;
      }
      for (const text of clean(rule))
        for (const verdict of verdictsOf(text))
          assert.ok(!refuses(verdict, text), `libvirt refuses: ${verdict.reason}\n${text}`);
      for (const text of mistakes(rule)) {
        const refused = (verdicts: readonly Verdict[]) => verdicts.some((verdict) => refuses(verdict, text));
        if (refused(verdictsOf(text))) continue;
        const atStart = await start(bed.uri, [emulated(text)]);
        const said = [...verdictsOf(text), ...atStart].map(({ outcome, reason }) => reason || outcome).join('; ');
        if (outOfReach.has(rule.id)) context.diagnostic(`not shown, needs ${outOfReach.get(rule.id)}`);
        else
          assert.ok(
            refused(atStart),
            `libvirt accepts (${said}):
${text}`,
          );
      }
    });
  }
});

/** What libvirt has to refuse. */
function mistakes(rule: Rule): string[] {
  return rule.severity === 'error' ? examplesOf(readPage(rule.page), rule.id, rule.page).bad.map(asDomain) : [];
}

function clean(rule: Rule): string[] {
  const { fixed, good } = examplesOf(readPage(rule.page), rule.id, rule.page);
  return [...fixed, ...good].map(asDomain);
}

function isNewer(since: string | undefined, release: readonly number[]): boolean {
  const [major = 0, minor = 0, patch = 0] = (since ?? '').split('.').map(Number);
  const [ownMajor = 0, ownMinor = 0, ownPatch = 0] = release;
  return (major - ownMajor || minor - ownMinor || patch - ownPatch) > 0;
}

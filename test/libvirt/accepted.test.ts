/**
 * What libvirt accepts, virtlint calls no error; what virtlint calls an error, libvirt refuses: asked of many domains that
 * virt-install makes, that are composed at random, and of small valid changes to both.
 */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { checkText } from '../../server/src/check.ts';
import type { Finding } from '../../server/src/finding.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { Random } from '../support/random.ts';
import { composedDomain } from './support/composedDomains.ts';
import { crashesCommandLine } from './support/documents.ts';
import { commandLine, define, start, testDriver, type Verdict } from './support/libvirtOracle.ts';
import { mutantOf } from './support/mutants.ts';
import { newerRefusals, outOfReach, refuses, refusesBySchema } from './support/refusals.ts';
import { argumentLists, imageNames, virtInstall, virtInstallMissing } from './support/virtInstall.ts';

/** What libvirt and virtlint say of one domain. */
interface Shown {
  readonly text: string;
  readonly errors: readonly Finding[];
  /** Of the QEMU driver: at define, and of the command line. */
  readonly verdicts: readonly Verdict[];
}

describe('domains that libvirt accepts', { skip: requirements(...daemonPrograms) }, () => {
  let bed: LibvirtDaemon;
  /** What libvirt accepted so far: these are changed at last. */
  const bases: string[] = [];
  before(async () => {
    bed = await LibvirtDaemon.start();
    for (const name of imageNames) writeFileSync(path.join(bed.images, name), '');
  });
  after(() => bed.stop());

  test('made by virt-install', { skip: virtInstallMissing }, async (context) => {
    const lists = argumentLists(new Random(3), 100, bed.images);
    const made = await virtInstall(bed.uri, lists);
    const declined = lists.filter((_, index) => made[index] === null);
    assert.deepEqual(declined, [], 'virt-install knows the options');
    const shown = await show(made.filter((text) => text !== null));
    context.diagnostic(await compare(shown));
    bases.push(...wholly(shown));
    assert.ok(acceptedOf(shown).length >= 70, 'libvirt accepts most');
  });

  test('composed at random', async (context) => {
    const random = new Random(5);
    const shown = await show(Array.from({ length: 200 }, () => composedDomain(random)));
    context.diagnostic(await compare(shown));
    bases.push(...wholly(shown));
    assert.ok(acceptedOf(shown).length >= 80, 'libvirt accepts many');
  });

  test('changed at random', async (context) => {
    const random = new Random(11);
    const mutants = new Set<string>();
    for (let round = 0; mutants.size < 400 && bases.length; round++) {
      const mutant = mutantOf(bases[round % bases.length] ?? '', random);
      if (mutant !== undefined && !crashesCommandLine(mutant)) mutants.add(mutant);
    }
    const shown = await show([...mutants]);
    context.diagnostic(await compare(shown));
    for (const { text, verdicts } of shown.filter((one) => !isAccepted(one) && !one.errors.length)) {
      const reason = verdicts.find((verdict) => refuses(verdict, text))?.reason;
      context.diagnostic(`refused, and not told: ${reason}`);
    }
    assert.ok(shown.filter((one) => !isAccepted(one)).length >= 40, 'changes that libvirt refuses are among them');
  });

  async function show(texts: readonly string[]): Promise<Shown[]> {
    const defined = await define(bed.uri, texts);
    const started = await commandLine(bed.uri, texts);
    return texts.map((text, index) => ({
      text,
      errors: checkText(text).filter((finding) => finding.severity === 'error'),
      verdicts: [defined, started].flatMap((verdicts) => verdicts[index] ?? []),
    }));
  }

  /** Fails where virtlint reports an error of what libvirt accepts; otherwise the numbers, in a sentence. */
  async function compare(shown: readonly Shown[]): Promise<string> {
    const alarms = shown.filter((one) => isAccepted(one) && one.errors.length > 0);
    const falseAlarms: string[] = [];
    let undecided = 0;
    for (const { text, errors, verdicts } of alarms) {
      // The schema refuses what libvirt otherwise passes over in silence, and a start what shows only then.
      const more = [...(await define(testDriver, [text], true)), ...(await start(bed.uri, [text]))];
      if (more.some((verdict) => refusesBySchema(verdict) || refuses(verdict, text))) continue;
      if (errors.every((error) => outOfReach.has(error.rule) || newerRefusals.some((one) => one.test(error.message))))
        undecided++;
      else
        falseAlarms.push(
          `${errors.map(({ rule, message }) => `${rule}: ${message}`).join('\n')}\n${verdicts.map(({ reason }) => reason).join('; ')}\n${text}`,
        );
    }
    assert.deepEqual(falseAlarms, [], falseAlarms.join('\n\n'));
    const accepted = shown.filter(isAccepted).length;
    const told = shown.filter((one) => !isAccepted(one) && one.errors.length > 0).length;
    const refused = shown.length - accepted;
    return `${shown.length} domains: accepted ${accepted}, refused ${refused}, of these told as an error ${told}; undecided here ${undecided}; false alarms ${falseAlarms.length}`;
  }
});

function isAccepted({ text, verdicts }: Shown): boolean {
  return !verdicts.some((verdict) => refuses(verdict, text));
}

function acceptedOf(shown: readonly Shown[]): string[] {
  return shown.filter(isAccepted).map(({ text }) => text);
}

/** Those that libvirt has looked at to the end of define: where the host stops it, no change to the rest would show. */
function wholly(shown: readonly Shown[]): string[] {
  return shown.filter(({ verdicts: [defined] }) => defined?.outcome === 'accepted').map(({ text }) => text);
}

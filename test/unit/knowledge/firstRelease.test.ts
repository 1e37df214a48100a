/** The exact releases, held against the schemas: each lies after the last that lacks the thing, and not after the first that has it. */

import domainTable from 'text:../../../schemas/grammar/domain.json';
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import table from '../../../schemas/releases.json';
import { LoadedGrammar } from '../../../server/src/grammar/load.ts';
import { compareReleases, isRelease } from '../../../server/src/grammar/release.ts';
import type { GrammarTable } from '../../../server/src/grammar/table.ts';
import { cardFor } from '../../../server/src/knowledge/cards.ts';
import { allSections } from '../../../server/src/knowledge/documentation.ts';
import { firstRelease, mayBeDated } from '../../../server/src/knowledge/firstRelease.ts';
import { DocumentationCoverage } from '../../support/documentationCoverage.ts';
import { knowsPath } from '../../support/grammarPaths.ts';

const compiled: GrammarTable = JSON.parse(domainTable);
const grammars = compiled.releases.map((release, index) => ({ release, grammar: new LoadedGrammar(compiled, index) }));
const entries = Object.entries(table).flatMap(([release, paths]) => paths.map((path) => ({ release, path })));

/** Every release that the documentation names, by the path of what came with it; what nests in itself is named once. */
function documentedReleases(): ReadonlyMap<string, ReadonlySet<string>> {
  const told = new Map<string, Set<string>>();
  const tell = (path: string, release: string | undefined): void => {
    const once = path.replace(/(\/\w+)\1+/g, '$1');
    if (release !== undefined) told.set(once, (told.get(once) ?? new Set()).add(release));
  };
  for (const { place, entries } of new DocumentationCoverage(compiled, allSections()).places)
    for (const { since, parts } of entries) {
      tell(place.path, since);
      for (const [part, documentation] of parts) tell(`${place.path}/${part}`, documentation.since);
    }
  return told;
}

/** What it is in came as late: that has the date. */
function isInsideOfYounger(path: string): boolean {
  const around = path.replace(/(='[^']*'|\/[^/]+)$/, '');
  return around !== path && (firstRelease(around) !== undefined || isInsideOfYounger(around));
}

describe('first releases', () => {
  test('there are many, each told once, the releases in order and written in full', () => {
    assert.ok(entries.length >= 300, `${entries.length}`);
    assert.equal(new Set(entries.map(({ path }) => path)).size, entries.length);
    const releases = Object.keys(table);
    assert.deepEqual(releases, [...releases].sort(compareReleases));
    for (const release of releases) assert.ok(isRelease(release) && release.split('.').length === 3, release);
  });

  test('every one lies where the schemas say', () => {
    const astray = entries.filter(({ release, path }) => {
      const first = grammars.findIndex(({ grammar }) => knowsPath(grammar, path));
      const lacking = grammars[first - 1]?.release;
      const having = grammars[first]?.release;
      return (
        lacking === undefined ||
        having === undefined ||
        compareReleases(release, lacking) <= 0 ||
        compareReleases(release, having) > 0
      );
    });
    assert.deepEqual(astray, []);
  });

  test('no card says otherwise', () => {
    const contradicted = entries.flatMap(({ release, path }) => {
      const said = cardFor(path)?.since;
      return said === undefined || compareReleases(said, release) === 0 ? [] : [{ path, release, said }];
    });
    assert.deepEqual(contradicted, []);
  });

  test('the documentation says the same, and nothing that is not here', () => {
    const told = documentedReleases();
    const oldest = grammars[0];
    const isLater = (release: string): boolean => oldest !== undefined && compareReleases(release, oldest.release) > 0;
    // Where variants of a path came one after the other, or one text is of several paths, each has its own.
    const contradicted = entries.flatMap(({ release, path }) => {
      const [said, ...others] = told.get(path) ?? [];
      return said === undefined || others.length > 0 || !isLater(said) || compareReleases(said, release) === 0
        ? []
        : [`${path} came with ${release}, not with ${said}`];
    });
    const unlisted = [...told].flatMap(([path, said]) =>
      [...said].flatMap((release) =>
        oldest &&
        isLater(release) &&
        !knowsPath(oldest.grammar, path) &&
        firstRelease(path) === undefined &&
        !isInsideOfYounger(path)
          ? [`${path} came with ${release}`]
          : [],
      ),
    );
    assert.deepEqual(contradicted, []);
    assert.deepEqual(unlisted, []);
  });

  test('the quick look at the last step misses none', () => {
    for (const { path } of entries)
      assert.ok(mayBeDated(path.slice((path.includes('/@') ? path.indexOf('/@') : path.lastIndexOf('/')) + 1)), path);
    assert.ok(!mayBeDated('emulator'));
    assert.ok(!mayBeDated("@dev='vda'"));
  });

  test('are found by path, also where only a card knows', () => {
    assert.equal(firstRelease('domain/devices/disk/driver/@discard_no_unref'), '9.5.0');
    assert.equal(firstRelease("domain/devices/sound/@model='virtio'"), '10.4.0');
    assert.equal(
      firstRelease('domain/devices/disk/driver/@cache'),
      cardFor('domain/devices/disk/driver/@cache')?.since,
    );
    assert.equal(firstRelease('domain/devices/disk/@devcie'), undefined);
  });
});

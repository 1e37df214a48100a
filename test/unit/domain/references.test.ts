/** The places where things are named, held against what libvirt's schemas know. */
import readTables from 'folder:../../../schemas/grammar/*.json';
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { kinds } from '../../../server/src/domain/references/kinds.ts';
import { places } from '../../../server/src/domain/references/places.ts';
import { sitesOf } from '../../../server/src/domain/references/read.ts';
import { isOf } from '../../../server/src/domain/references/site.ts';
import type { GrammarTable } from '../../../server/src/grammar/table.ts';
import { validDomains, withoutCorpus } from '../../support/corpus.ts';
import { attributesAt } from '../../support/grammarContents.ts';
import { GrammarPlaces } from '../../support/grammarPlaces.ts';

/** Every path to an element, and to an attribute with an `@`, that the newest release knows. */
function knownPaths(): Set<string> {
  const paths = new Set<string>();
  for (const text of Object.values(readTables())) {
    const table: GrammarTable = JSON.parse(text);
    for (const place of new GrammarPlaces(table, table.releases.length - 1, () => false).all()) {
      paths.add(place.path);
      for (const attribute of attributesAt(place.content, place.places.at(-1)))
        paths.add(`${place.path}/@${attribute}`);
    }
  }
  return paths;
}

describe('places where things are named', () => {
  test('are those of the schemas', () => {
    const known = [...knownPaths()];
    const unknown = Object.keys(places).filter(
      (place) => !known.some((path) => path === place || path.endsWith(`/${place}`)),
    );
    assert.deepEqual(unknown, []);
  });

  test('define every kind that is not shared, and refer to every kind', () => {
    const all = Object.values(places);
    for (const [kind, { isShared }] of Object.entries(kinds)) {
      const roles = new Set(all.filter((place) => place.kind === kind).map(({ role }) => role));
      assert.deepEqual([...roles].sort(), isShared ? ['reference'] : ['definition', 'reference'], kind);
    }
  });
});

/** Controllers are the exception: libvirt adds those that a machine has anyway, and those that devices need. */
test("libvirt's own domains refer to what they define", { skip: withoutCorpus }, () => {
  let references = 0;
  const dangling = validDomains().flatMap(({ name, document }) => {
    const sites = sitesOf(document).filter(({ kind }) => kinds[kind].reach === 'domain' && !kinds[kind].isShared);
    const definitions = sites.filter(({ role }) => role === 'definition');
    const uses = sites.filter(({ role, kind }) => role === 'reference' && kind !== 'controller');
    references += uses.length;
    const isDefined = (use: (typeof uses)[number]) => definitions.some((definition) => isOf(definition, use));
    return uses.filter((use) => !isDefined(use)).map(({ kind, name: what }) => `${name}: ${kind} ${what}`);
  });
  assert.deepEqual(dangling, []);
  assert.ok(references > 100, `${references} references`);
});

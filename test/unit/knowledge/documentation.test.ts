/**
 * Every element and attribute of the domain grammar is documented, and nothing that it does not know.
 *
 *     VIRTLINT_MISSING=domain/devices/disk npm run -s test:unit -- knowledge/documentation
 *
 * prints what is missing below a path.
 */

import domainTable from 'text:../../../schemas/grammar/domain.json';
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { GrammarTable } from '../../../server/src/grammar/table.ts';
import { allSections } from '../../../server/src/knowledge/documentation.ts';
import { patternText } from '../../../server/src/knowledge/pathPattern.ts';
import { DocumentationCoverage, type DocumentedPlace } from '../../support/documentationCoverage.ts';

const table: GrammarTable = JSON.parse(domainTable);
const coverage = new DocumentationCoverage(table, allSections());
const byElement = new Map<number, DocumentedPlace[]>();
for (const one of coverage.places) byElement.set(one.place.element, [...(byElement.get(one.place.element) ?? []), one]);

const FEWEST_ATTRIBUTES = 0.95;
/** Of the places of one declaration, in the list of what is missing. */
const MOST_PLACES = 4;

/** The shortest ways to say where. */
function where(places: readonly DocumentedPlace[]): string {
  const labels = [...new Set(places.map(({ place }) => place.label))].sort((a, b) => a.length - b.length);
  const more = labels.length > MOST_PLACES ? [`(and ${labels.length - MOST_PLACES} more)`] : [];
  return [...labels.slice(0, MOST_PLACES), ...more].join('\n    ');
}

/** Of a declaration, in any release. */
function attributesOf(places: readonly DocumentedPlace[]): string[] {
  return [...new Set(places.flatMap(({ place }) => [...place.content.attributes.keys()]))];
}

/** @param below a path: only what is missing there */
function missingElements(below = ''): string[] {
  return [...byElement.values()].flatMap((places) => {
    const without = places.filter(({ isMissing, place }) => isMissing && place.path.startsWith(below));
    return without.length === 0 ? [] : [where(without)];
  });
}

function missingAttributes(below = ''): string[] {
  return [...byElement.values()].flatMap((places) =>
    attributesOf(places).flatMap((attribute) => {
      const without = places.filter(
        ({ missingAttributes: missing, place }) => missing.includes(attribute) && place.path.startsWith(below),
      );
      return without.length === 0 ? [] : [`@${attribute} of ${where(without)}`];
    }),
  );
}

const below = process.env.VIRTLINT_MISSING;
if (below !== undefined)
  console.log(['Elements:', ...missingElements(below), '\nAttributes:', ...missingAttributes(below)].join('\n'));
const isList = below !== undefined && 'only a list was asked for';

describe('documentation', () => {
  test('every element declaration has its entry wherever it may stand', { skip: isList }, () => {
    const missing = missingElements();
    assert.equal(byElement.size, table.elements.length, 'every declaration is reached');
    assert.equal(missing.length, 0, `${missing.length} of ${byElement.size} without:\n${missing.join('\n')}`);
  });

  test('so have attributes', { skip: isList }, () => {
    const missing = missingAttributes();
    const all = [...byElement.values()].reduce((sum, places) => sum + attributesOf(places).length, 0);
    const share = 1 - missing.length / all;
    assert.ok(share >= FEWEST_ATTRIBUTES, `${missing.length} of ${all} without:\n${missing.join('\n')}`);
  });

  test('elements of one path that an attribute tells apart have entries of their own', () => {
    assert.deepEqual(coverage.shared(), []);
  });

  test('no place is explained twice by the same heading', () => {
    const explaining = allSections().filter(({ entry }) => entry().text !== '');
    const headings = explaining.flatMap(({ patterns }) => patterns.map(patternText));
    assert.deepEqual(
      headings.filter((heading, index) => headings.indexOf(heading) !== index),
      [],
    );
  });

  test('it speaks of nothing that the grammar does not know', () => {
    assert.deepEqual(coverage.dead(), []);
  });
});

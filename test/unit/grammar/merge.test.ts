/** One table of several releases: each can be had again as it was compiled, and declarations know their releases. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileReleases } from '../../../server/src/grammar/compile/releases.ts';
import { KindGrammars } from '../../../server/src/grammar/kindGrammars.ts';
import { compareReleases, shortRelease } from '../../../server/src/grammar/release.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { schema } from './schemas.ts';

const element = (name: string, content: string) => `<element name="${name}">${content}</element>`;
const attribute = (name: string, content: string) => `<attribute name="${name}">${content}</attribute>`;
const words = (...all: string[]) => `<choice>${all.map((one) => `<value>${one}</value>`).join('')}</choice>`;

const disk = (content: string) =>
  schema(`<start>${element('vm', `<oneOrMore>${element('disk', content)}</oneOrMore>`)}</start>`);

function merged(releases: Readonly<Record<string, string | undefined>>) {
  const given = Object.entries(releases).map(([name, text]) => ({
    name,
    read: (file: string) => (file === 'vm.rng' ? text : undefined),
  }));
  const result = compileReleases('vm', given);
  assert.ok(result.ok, result.ok ? '' : result.message);
  return result.table;
}

const three = {
  '10.0.0': disk(`${attribute('bus', words('ide', 'usb'))}<optional>${element('iotune', '<empty/>')}</optional>`),
  '9.0.0': disk(attribute('bus', words('ide', 'fdc'))),
  '8.0.0': disk(`${attribute('bus', words('ide', 'fdc'))}<optional>${attribute('old', '<text/>')}</optional>`),
};

describe('a table of several releases', () => {
  it('judges by each of them, oldest first', () => {
    const table = merged(three);
    assert.deepEqual(table.releases, ['8.0.0', '9.0.0', '10.0.0']);
    const grammars = new KindGrammars(table);
    const verdicts = (xml: string) => [0, 1, 2].map((release) => grammars.at(release).accepts(parseXml(xml)));
    assert.deepEqual(verdicts("<vm><disk bus='ide'/></vm>"), [true, true, true]);
    assert.deepEqual(verdicts("<vm><disk bus='fdc'/></vm>"), [true, true, false]);
    assert.deepEqual(verdicts("<vm><disk bus='usb'/></vm>"), [false, false, true]);
    assert.deepEqual(verdicts("<vm><disk bus='ide' old='x'/></vm>"), [true, false, false]);
    assert.deepEqual(verdicts("<vm><disk bus='ide'><iotune/></disk></vm>"), [false, false, true]);
  });

  it('has one declaration for what is one, with the release that brought it and the one that ended it', () => {
    const { elements } = merged({
      '8.0.0': disk(element('auth', '<empty/>')),
      '9.0.0': disk(`<interleave>${element('auth', '<empty/>')}${element('iotune', '<empty/>')}</interleave>`),
      '10.0.0': disk(element('iotune', '<empty/>')),
    });
    const since = elements.map(([name, , contents]) => [name, contents.map(([release, node]) => [release, node >= 0])]);
    assert.deepEqual(since, [
      ['vm', [[0, true]]],
      [
        'disk',
        [
          [0, true],
          [1, true],
          [2, true],
        ],
      ],
      ['iotune', [[1, true]]],
      [
        'auth',
        [
          [0, true],
          [2, false],
        ],
      ],
    ]);
  });

  it('does not depend on the order in which the folders are named', () => {
    const reversed = Object.fromEntries(Object.entries(three).reverse());
    assert.equal(JSON.stringify(merged(reversed)), JSON.stringify(merged(three)));
  });

  it('knows releases without such a schema', () => {
    const grammars = new KindGrammars(merged({ '8.0.0': undefined, '9.0.0': three['9.0.0'] }));
    assert.deepEqual(grammars.withSchema, [1]);
    assert.equal(grammars.indexFor('8.0.0'), 1);
    assert.ok(!grammars.at(0).accepts(parseXml("<vm><disk bus='ide'/></vm>")));
  });

  it('takes for a target the first release that is not older', () => {
    const grammars = new KindGrammars(merged(three));
    const index = (target: string | undefined) => grammars.indexFor(target);
    assert.deepEqual(
      ['7.9', '8.0', '8.0.0', '8.1', '9.0', '9.5', '10.0', '11.0', undefined].map(index),
      [0, 0, 0, 1, 1, 2, 2, 2, 2],
    );
  });

  it('says which release a fault of a schema is in', () => {
    const result = compileReleases('vm', [{ name: '9.0.0', read: () => schema('<start><oops/></start>') }]);
    assert.match(result.ok ? '' : result.message, /^libvirt 9\.0\.0: vm\.rng:2: /);
  });
});

describe('releases', () => {
  it('are compared by their numbers', () => {
    const sorted = ['10.0.0', '9.10.0', '9.0', '1.2.9', '9.0.1'].sort(compareReleases);
    assert.deepEqual(sorted, ['1.2.9', '9.0', '9.0.1', '9.10.0', '10.0.0']);
    assert.equal(compareReleases('9.0', '9.0.0'), 0);
  });
  it('are written short', () => {
    assert.deepEqual(['9.0.0', '9.0.1', '10.10.0', '1.2.0'].map(shortRelease), ['9.0', '9.0.1', '10.10', '1.2']);
  });
});

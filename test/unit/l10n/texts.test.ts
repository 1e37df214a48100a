/** What the gate of texts for people finds, on small sources with each form. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gatherTexts, roomOf } from '../../support/l10n/sources.ts';
import { textsOf } from '../../support/l10n/texts.ts';

/** Sources are written with #{ where they have ${, which a plain string had better not hold. */
const read = (source: string) => textsOf('a.ts', source.replaceAll('#{', '${'));
const keys = (source: string): string[] => read(source).texts.map(({ key }) => key);
const faults = (source: string): readonly string[] => read(source).faults;

describe('texts of a source', () => {
  it('are those that are said, with numbered places', () => {
    assert.deepEqual(keys("const f = (a) => say`\\`#{a}\\` is #{say`not here`}.`; f(vscode.l10n.t('Use {0}', 1));"), [
      '`{0}` is {1}.',
      'not here',
      'Use {0}',
    ]);
  });

  it('know which places only make English agree', () => {
    const [text] = read("const f = (n) => say`#{n} disk#{n === 1 ? '' : 's'} #{n === 1 ? 'is' : 'are'} off`").texts;
    assert.deepEqual([...(text?.agreements ?? [])], [1, 2]);
  });

  for (const [what, source] of [
    ['prose that is not said', "const f = () => ({ message: 'This is wrong.' });"],
    ['prose in a template', 'const f = (a) => `The disk #{a} is gone.`;'],
    ['a fragment inside of a text', "const f = (a) => say`It #{a ? 'breaks' : 'never works'} here`;"],
    ['a text said while the module is loaded', 'const what = say`A disk`;'],
    ['the same in a callback that runs at once', 'const all = [1].map((n) => say`Disk #{n}`);'],
    ['a template for VS Code', 'const f = (a) => vscode.l10n.t(`Use #{a} now`);'],
  ] as const)
    it(`lack: ${what}`, () => assert.notEqual(faults(source).length, 0));

  for (const [what, source] of [
    ['XML', "const xml = \"<disk type='file' device='disk'/>\";"],
    ['what is kept by name', "const f = (domain) => domain.keep('boot orders', () => 1);"],
    ['a bug', "const f = () => { throw new Error('no such thing here'); };"],
    ['a list of names', "const names = 'acpi apic pae'.split(' ');"],
    ['a value in quotes', "const f = (a) => say`the format \\`#{a ?? 'raw'}\\` is`;"],
    ['a phrase of a table', 'const table = { a: phrase`This is it.` };'],
  ] as const)
    it(`need not be: ${what}`, () => assert.deepEqual(faults(source), []));
});

it('every source says its texts so that they can be translated', () => {
  const { texts, faults: found } = gatherTexts();
  assert.deepEqual(found, []);
  assert.ok(texts.length > 2500);
});

it('a text is translated in the file of its room', () => {
  assert.equal(roomOf('server/src/rules/disk/bus.ts'), 'server/rules/disk');
  assert.equal(roomOf('virsh/src/failures/cpu.ts'), 'virsh/failures');
  assert.equal(roomOf('client/src/report.ts'), 'client');
});

/** Whatever a name contains, virsh's own reader of lines gets it as it is. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readCommand } from '../../virsh/src/command.ts';
import { createRunner, domain } from '../../virsh/src/index.ts';
import { Batch } from '../../virsh/src/run/batch.ts';
import { requirements } from '../support/bed/requirements.ts';
import { failed, value } from '../support/bed/results.ts';
import { Random } from '../support/random.ts';

describe('a batch in a real virsh', { skip: requirements('virsh') }, () => {
  const runner = createRunner({ kind: 'uri', name: 'test', uri: 'test:///default' });
  const pieces = [
    ...["'", '"', ';', '\\', '\n', ' ', '#', '$(id)', '`id`', '-', '--', '--all', '&&', '|', '%s', '*', '\t', '\r'],
    ...['ä', '☃', '漢', '\u202e', '🙂', 'error: ', 'echo', 'list', 'quit', '<x/>', '='],
  ];
  const [first = '', ...others] = pieces;

  it('hands on 600 hostile words', async () => {
    const random = new Random(11);
    for (let round = 0; round < 6; round += 1) {
      const words = Array.from({ length: 100 }, () =>
        Array.from({ length: 1 + random.below(6) }, () => random.pick([first, ...others])).join(''),
      );
      const batch = new Batch(runner);
      const answers = words.map((word) => batch.add(readCommand(['echo', '--', word], (output) => output)));
      await batch.send();
      const said = await Promise.all(answers);
      assert.deepEqual(
        said.map((answer) => value(answer)),
        words,
      );
    }
  });

  it('keeps a command that fails from no other, and quotes the name in the failure', async () => {
    const batch = new Batch(runner);
    const names = ["it's", '-- --all', 'a; quit', 'error: x'];
    const answers = names.map((name) => batch.add(domain.dumpXml(name)));
    const last = batch.add(domain.listIdentities());
    await batch.send();
    for (const answer of answers) assert.equal(failed(await answer).kind, 'not-found');
    assert.deepEqual(
      value(await last).map(({ name }) => name),
      ['test'],
    );
  });
});

/** Several commands in one virsh: what is sent, and how the answer is taken apart. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readCommand, UnexpectedOutput, type VirshCommand } from '../../../virsh/src/command.ts';
import type { VirshFailure } from '../../../virsh/src/failures/explain.ts';
import type { Result } from '../../../virsh/src/result.ts';
import { Batch, joined, quoteForVirsh } from '../../../virsh/src/run/batch.ts';
import type { Runner } from '../../../virsh/src/run/runner.ts';
import { failed, value } from '../../support/bed/results.ts';

const text = (...args: readonly string[]): VirshCommand<string> => readCommand(args, (output) => output);
const markerIn = (line: string): string => /^echo --err (\S+);/.exec(line)?.[1] ?? assert.fail(line);

describe('a batch', () => {
  it('is one line, each word quoted, a marker after each command on both outputs', () => {
    const { args } = joined([text('list', '--all'), text('dumpxml', "--domain=it's; x")]);
    const [line = ''] = args;
    const marker = markerIn(line);
    assert.equal(args.length, 1);
    assert.equal(
      line,
      `echo --err ${marker}; 'list' '--all'; echo ${marker}; echo --err ${marker}; ` +
        `'dumpxml' '--domain=it'\\''s; x'; echo ${marker}; echo --err ${marker}`,
    );
    assert.equal(quoteForVirsh('a\nb'), "'a\nb'");
  });

  it('gives each command its own part, whatever the others print', () => {
    const command = joined([text('a'), text('b'), text('c')]);
    const marker = markerIn(command.args[0] ?? '');
    const errors = `Warning: added\nerror: ${marker}\nerror: ${marker}\nerror: no b\nerror: ${marker}\nerror: ${marker}\n`;
    assert.deepEqual(command.parse(`error: x\n${marker}${marker}\n3\n${marker}`, errors), [
      { output: 'error: x\n', errorOutput: '' },
      { output: '', errorOutput: 'error: no b\n' },
      { output: '\n3\n', errorOutput: '' },
    ]);
    assert.throws(() => command.parse(`1${marker}2`, errors), UnexpectedOutput);
    assert.throws(() => command.parse('garbage', ''), UnexpectedOutput);
  });

  /** Stands for a host that answers a line as it is told: a real virsh prints no garbage. */
  const answering = (answer: (args: readonly string[]) => Result<readonly [string, string], VirshFailure>) => {
    const sent: (readonly string[])[] = [];
    const runner: Runner = {
      connection: { kind: 'uri', name: 'here', uri: 'test:///default' },
      run: async (command) => {
        sent.push(command.args);
        const said = answer(command.args);
        return said.ok ? { ok: true, value: command.parse(...said.value) } : said;
      },
    };
    return { sent, batch: new Batch(runner) };
  };
  const refusal = (kind: VirshFailure['kind'], stderr: string): VirshFailure => ({
    kind,
    message: stderr,
    commandLine: 'virsh',
    exitCode: 1,
    stderr,
  });

  it('sends a command that is alone as it is, and nothing for none', async () => {
    const { sent, batch } = answering((args) => ({ ok: true, value: [args.join(), ''] }));
    await batch.send();
    const answer = batch.add(text('list'));
    await batch.send();
    assert.equal(value(await answer), 'list');
    assert.deepEqual(sent, [['list']]);
  });

  it('tells every command of a host that cannot be reached, after one attempt', async () => {
    const { sent, batch } = answering(() => ({ ok: false, error: refusal('host-unreachable', 'error: gone') }));
    const answers = [batch.add(text('a')), batch.add(text('b'))];
    await batch.send();
    for (const answer of answers) assert.equal(failed(await answer).kind, 'host-unreachable');
    assert.equal(sent.length, 1);
  });

  it('sends the commands one by one to a virsh that knows no echo --err', async () => {
    const { sent, batch } = answering(([first = '']) =>
      first.startsWith('echo')
        ? { ok: false, error: refusal('other', "error: command 'echo' doesn't support option --err") }
        : { ok: true, value: [first, ''] },
    );
    const answers = [batch.add(text('a')), batch.add(text('b'))];
    await batch.send();
    assert.deepEqual(await Promise.all(answers.map(async (answer) => value(await answer))), ['a', 'b']);
    assert.equal(sent.length, 3);
  });

  it('takes nothing that changes something', () => {
    const { batch } = answering(() => ({ ok: true, value: ['', ''] }));
    assert.throws(() => batch.add({ ...text('define'), lane: 'change' }), RangeError);
  });
});

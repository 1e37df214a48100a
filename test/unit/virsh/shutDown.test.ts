/** The order in which a guest is asked to shut down. A fake runner: no guest here has an agent, and none ignores it at will. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { VirshCommand } from '../../../virsh/src/command.ts';
import { explainFailure } from '../../../virsh/src/failures/explain.ts';
import { type Runner, shutDown } from '../../../virsh/src/index.ts';
import { failure, success } from '../../../virsh/src/result.ts';
import { failed, value } from '../../support/bed/results.ts';

interface Guest {
  readonly agent: 'connected' | 'disconnected' | 'none';
  /** What libvirt answers to each mode: an error's text, or '' for yes. */
  readonly answers: Readonly<Record<string, string>>;
  /** The mode that it obeys. */
  readonly obeys?: string;
}

const uuid = '4dea22b3-1d52-d8f3-2516-782e98ab3fa0';

function fake({ agent, answers, obeys }: Guest): { readonly runner: Runner; readonly asked: string[] } {
  const asked: string[] = [];
  let isOff = false;
  const channel = agent === 'none' ? '' : `<channel><target name='org.qemu.guest_agent.0' state='${agent}'/></channel>`;
  const answer = ([command, , mode]: readonly string[]): string => {
    if (command === 'dumpxml') return `<domain><devices>${channel}</devices></domain>`;
    if (command !== 'shutdown') return isOff ? `shut` : `runs`;
    const way = mode ?? 'plain';
    asked.push(way);
    if (way === obeys) isOff = true;
    return answers[way] ?? '';
  };
  const run = async <T>({ args, parse, timeoutMilliseconds }: VirshCommand<T>) => {
    const text = answer(args);
    if (text.startsWith('error')) {
      const end = { end: 'exited', exitCode: 1, stderr: text, commandLine: '', connection: 'fake' } as const;
      return failure(explainFailure({ ...end, timeoutMilliseconds }));
    }
    // Several questions in one: who is there, in which state, and four lists by trait.
    const marker = /echo --err ([\da-f-]{36})/.exec(args[0] ?? '')?.[1] ?? '';
    const parts = [`${uuid} web\n`, `Domain: 'web'\n  state.state=${isOff ? 5 : 1}\n`, '', '', '', ''];
    const errors = `error: ${marker}\n`.repeat(parts.length + 1);
    return success(marker === '' ? parse(text) : parse(parts.map((part) => part + marker).join(''), errors));
  };
  return { runner: { connection: { kind: 'uri', name: 'fake', uri: 'test:///default' }, run }, asked };
}

const noAgent = 'error: Guest agent is not responding: QEMU guest agent is not connected\n';
const unsupported = 'error: unsupported flags (0x1) in function testDomainShutdownFlags\n';

describe('asking a guest to shut down', () => {
  it('goes to its agent where one listens', async () => {
    const { runner, asked } = fake({ agent: 'connected', answers: {}, obeys: '--mode=agent' });
    assert.equal(value(await shutDown(runner, uuid)), 'off');
    assert.deepEqual(asked, ['--mode=agent']);
  });

  it('goes to the power button where none does, without a word to it', async () => {
    for (const agent of ['disconnected', 'none'] as const) {
      const { runner, asked } = fake({ agent, answers: {}, obeys: '--mode=acpi' });
      assert.equal(value(await shutDown(runner, uuid)), 'off');
      assert.deepEqual(asked, ['--mode=acpi']);
    }
  });

  it('goes on to the power button where the agent fails', async () => {
    const { runner, asked } = fake({ agent: 'connected', answers: { '--mode=agent': noAgent }, obeys: '--mode=acpi' });
    assert.equal(value(await shutDown(runner, uuid)), 'off');
    assert.deepEqual(asked, ['--mode=agent', '--mode=acpi']);
  });

  it('leaves it to the hypervisor where that knows no modes', async () => {
    const { runner, asked } = fake({ agent: 'none', answers: { '--mode=acpi': unsupported }, obeys: 'plain' });
    assert.equal(value(await shutDown(runner, uuid)), 'off');
    assert.deepEqual(asked, ['--mode=acpi', 'plain']);
  });

  it('says that it still runs where it was asked in every way, and fails where no way was open', async () => {
    const ways = (['agent', 'acpi'] as const).map((mode) => ({ mode, patienceMilliseconds: 1 }));
    const deaf = fake({ agent: 'connected', answers: {} });
    assert.equal(value(await shutDown(deaf.runner, uuid, { ways })), 'running');
    assert.deepEqual(deaf.asked, ['--mode=agent', '--mode=acpi']);
    const refusal = 'error: internal error: no way\n';
    const closed = fake({ agent: 'none', answers: { '--mode=acpi': unsupported, plain: refusal } });
    assert.match(failed(await shutDown(closed.runner, uuid)).stderr, /no way/);
    const lost = fake({ agent: 'none', answers: { '--mode=acpi': "error: failed to get domain 'web'\n" } });
    assert.equal(failed(await shutDown(lost.runner, uuid)).kind, 'not-found');
    assert.deepEqual(lost.asked, ['--mode=acpi']);
  });
});

/** A fake runner, for answers that no real libvirt can be made to give at will. */
import type { VirshCommand } from '../../../virsh/src/command.ts';
import { explainFailure } from '../../../virsh/src/failures/explain.ts';
import type { Runner } from '../../../virsh/src/index.ts';
import { failure, success } from '../../../virsh/src/result.ts';

/** Gives the answers one after the other; a text that begins with `error` is a failure. */
export function answering(...answers: readonly string[]): { readonly runner: Runner; readonly asked: string[] } {
  const asked: string[] = [];
  const connection = { kind: 'uri', name: 'fake', uri: 'test:///default' } as const;
  const run = async <T>({ args, parse, timeoutMilliseconds }: VirshCommand<T>) => {
    const answer = answers[asked.length] ?? 'error: asked too often';
    asked.push(args[0] ?? '');
    if (!answer.startsWith('error')) return success(parse(answer));
    const run = { end: 'exited', exitCode: 1, stderr: answer, commandLine: '', connection: 'fake' } as const;
    return failure(explainFailure({ ...run, timeoutMilliseconds }));
  };
  return { runner: { connection, run }, asked };
}

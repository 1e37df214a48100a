/** The virsh of this machine. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { say } from '../../../server/src/l10n/say.ts';
import type { UriConnection } from '../connection.ts';
import type { FailureKind } from '../failures/explain.ts';
import { failure, type Result, success } from '../result.ts';
import { withSshProgram } from './destination.ts';
import { findExecutable } from './executable.ts';
import { type Invoker, type Mode, scripts } from './invocation.ts';
import { quoteAllForShell } from './quote.ts';
import type { RunnerOptions } from './runner.ts';
import type { SharedConnection } from './shared.ts';
import { virshOptions } from './virshOptions.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export function localInvoker(
  connection: UriConnection,
  { virshPath = 'virsh' }: RunnerOptions,
  environment: Environment,
  shared: SharedConnection,
): Invoker {
  return async ({ args, document, mode = 'command' }, signal) => {
    const virsh = findExecutable(virshPath, { platform: process.platform, environment });
    if (!virsh.ok) {
      const advice = say`Install libvirt-clients, name its path in the settings, or use an "ssh" connection.`;
      return failure({ kind: 'virsh-missing', message: `${virsh.error} ${advice}` });
    }
    const channel = await shared(signal);
    if (!channel.ok) return channel;
    const { program } = channel.value;
    const uri = withoutQuestions(connection.uri);
    const kept = document ? await temporaryFile(document.text) : success(undefined);
    if (!kept.ok) return kept;
    const file = kept.value;
    const words = [...args, ...(document && file ? [`${document.option}=${file.path}`] : [])];
    const reached = program === undefined ? uri : withSshProgram(uri, program);
    const call = [virsh.value, ...virshOptions(connection, reached), ...words];
    const [executable = '', ...rest] = throughShell(call, mode);
    return success({
      executable,
      args: rest,
      commandLine: quoteAllForShell([virsh.value, ...virshOptions(connection, uri), ...words]),
      dispose: async () => file?.remove(),
    });
  };
}

/** Windows has no such shell, and ends a program's children with it. */
function throughShell(call: readonly string[], mode: Mode): readonly string[] {
  // A pipe of the system can be opened by its name.
  const isPlain = mode === 'command' || mode === 'from-pipe' || mode === 'to-pipe';
  if (isPlain || process.platform === 'win32') return call;
  return ['/bin/sh', '-c', scripts[mode], 'sh', ...call];
}

/** ssh under virsh must fail where it would ask: nobody sees the question. */
export function withoutQuestions(uri: string): string {
  if (!/^[a-z0-9]+\+ssh:/i.test(uri) || /[?&]no_tty=/.test(uri)) return uri;
  return `${uri}${uri.includes('?') ? '&' : '?'}no_tty=1`;
}

interface TemporaryFile {
  readonly path: string;
  remove(): Promise<void>;
}

/** A document for virsh that nobody else can read: definitions contain passwords. */
async function temporaryFile(
  text: string,
): Promise<Result<TemporaryFile, { readonly kind: FailureKind; readonly message: string }>> {
  let folder: string | undefined;
  const remove = async (): Promise<void> => {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  };
  try {
    folder = await mkdtemp(path.join(tmpdir(), 'virtlint-'));
    const file = path.join(folder, 'document.xml');
    await writeFile(file, text, { mode: 0o600, flag: 'wx' });
    return success({ path: file, remove });
  } catch (error) {
    await remove();
    const kind = error instanceof Error && 'code' in error && error.code === 'ENOSPC' ? 'no-space' : 'other';
    const message = say`The document for virsh cannot be written to ${tmpdir()} on this machine: ${String(error)}`;
    return failure({ kind, message });
  }
}

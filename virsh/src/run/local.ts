/** The virsh of this machine. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { UriConnection } from '../connection.ts';
import { failure, success } from '../result.ts';
import { findExecutable } from './executable.ts';
import type { Invoker, RunnerOptions } from './runner.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export function localInvoker(
  { uri }: UriConnection,
  { virshPath = 'virsh' }: RunnerOptions,
  environment: Environment,
): Invoker {
  return async ({ args, document }) => {
    const virsh = findExecutable(virshPath, { platform: process.platform, environment });
    if (!virsh.ok) {
      const advice = 'Install libvirt-clients, name its path in the settings, or use an "ssh" connection.';
      return failure({ kind: 'virsh-missing', message: `${virsh.error} ${advice}` });
    }
    const file = document && (await temporaryFile(document.text));
    return success({
      executable: virsh.value,
      args: [
        '-q',
        '-c',
        withoutQuestions(uri),
        ...args,
        ...(document && file ? [`${document.option}=${file.path}`] : []),
      ],
      virshOutput: (stdout) => stdout,
      dispose: async () => file?.remove(),
    });
  };
}

/** ssh under virsh must fail where it would ask: nobody sees the question. */
export function withoutQuestions(uri: string): string {
  if (!/^[a-z0-9]+\+ssh:/i.test(uri) || /[?&]no_tty=/.test(uri)) return uri;
  return `${uri}${uri.includes('?') ? '&' : '?'}no_tty=1`;
}

/** A document for virsh that nobody else can read: definitions contain passwords. */
async function temporaryFile(text: string): Promise<{ path: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'virtlint-'));
  const file = path.join(folder, 'document.xml');
  await writeFile(file, text, { mode: 0o600, flag: 'wx' });
  return { path: file, remove: () => rm(folder, { recursive: true, force: true }) };
}

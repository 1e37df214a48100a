/** A libvirt to try things on without a host: an embedded QEMU driver that keeps its state in a directory, or libvirt's own test driver. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { say } from '../../server/src/l10n/say.ts';
import { version } from './commands/host.ts';
import type { UriConnection } from './connection.ts';
import { findExecutable } from './run/executable.ts';
import { createRunner, type RunnerOptions } from './run/runner.ts';

export interface Playground {
  readonly connection: UriConnection;
  /** What cannot be done in it and why; undefined where all is there. */
  readonly limitation: string | undefined;
}

export interface PlaygroundOptions extends RunnerOptions {
  /** Where its state may live; the first whose path is short enough is taken and made. */
  readonly directories: readonly string[];
}

/**
 * QEMU's sockets lie below the directory, as lib/qemu/domain-NUMBER-NAME/monitor.sock with up to 20 characters of the name, and the path of a
 * socket ends at 107 bytes.
 */
const longestDirectory = 107 - '/lib/qemu/domain-1000-xxxxxxxxxxxxxxxxxxxx/monitor.sock'.length;

/**
 * Written once, and the user's to change. Guests of a playground need no confinement of their own, and no daemon keeps their logs.
 */
const driverSettings = 'stdio_handler = "file"\nsecurity_driver = "none"\n';

/** The playground of this machine. Its directory is made where it is missing, and one harmless command shows that it works. */
export async function openPlayground({ directories, ...runnerOptions }: PlaygroundOptions): Promise<Playground> {
  if (process.platform !== 'linux') return testDriver(say`The embedded playground needs Linux`);
  if (!hasQemu(runnerOptions.environment ?? process.env)) return testDriver(say`QEMU is not installed`);
  const directory = directories.find((candidate) => Buffer.byteLength(candidate) <= longestDirectory);
  if (directory === undefined) return testDriver(say`The path for the embedded playground is too long for its sockets`);
  mkdirSync(path.join(directory, 'etc'), { recursive: true, mode: 0o700 });
  const settings = path.join(directory, 'etc', 'qemu.conf');
  if (!existsSync(settings)) writeFileSync(settings, driverSettings);
  const root = encodeURIComponent(directory).replaceAll('%2F', '/');
  const connection: UriConnection = { kind: 'uri', name: 'Playground', uri: `qemu:///embed?root=${root}` };
  const answer = await createRunner(connection, runnerOptions).run(version());
  return answer.ok ? { connection, limitation: undefined } : testDriver(withoutStop(answer.error.message));
}

/** Says whether a connection is a playground: one whose VMs nobody depends on. */
export function isPlayground(uri: string): boolean {
  return /^(qemu:\/\/\/embed\b|test:\/\/)/.test(uri);
}

function testDriver(reason: string): Playground {
  return {
    connection: { kind: 'uri', name: 'Playground', uri: 'test:///default' },
    limitation: say`${reason}: libvirt’s test driver is used, which runs no guests and forgets every change at once.`,
  };
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

function hasQemu(environment: Readonly<Record<string, string | undefined>>): boolean {
  if (existsSync('/usr/libexec/qemu-kvm')) return true;
  const place = { platform: process.platform, environment };
  if (findExecutable('qemu-system-x86_64', place).ok) return true;
  return (environment.PATH ?? '').split(path.delimiter).some((folder) => path.isAbsolute(folder) && hasQemuIn(folder));
}

function hasQemuIn(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => name.startsWith('qemu-system-'));
  } catch {
    return false;
  }
}

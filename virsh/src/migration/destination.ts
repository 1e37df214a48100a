/** The URI under which a migration's source reaches its target. */
import type { MigrationWay } from '../commands/migration.ts';
import type { Connection, SshConnection } from '../connection.ts';
import { withoutQuestions } from '../run/local.ts';

export interface Destination {
  /** '' where nothing can be guessed. */
  readonly uri: string;
  /** The one who uses it is the one who uses it here; else it is a guess, to be looked at by the user. */
  readonly isCertain: boolean;
}

/** What is known here of the way to the target may be another one from the source: addresses, accounts and keys are those of that machine. */
export function destinationOf(source: Connection, target: Connection, way: MigrationWay): Destination {
  const isHere = source.kind === 'uri' && (way === 'direct' || isLocal(source.uri));
  if (target.kind === 'ssh') return { uri: sshUri(target), isCertain: false };
  if (isHere) return { uri: withoutQuestions(target.uri), isCertain: true };
  return { uri: isLocal(target.uri) ? '' : withoutQuestions(target.uri), isCertain: false };
}

/** `qemu:///system`, `qemu+unix:///session?socket=…`: no other machine is named. */
function isLocal(uri: string): boolean {
  return /^[^:]+:\/\/\//.test(uri);
}

/** `me@lab` with `qemu:///system` → `qemu+ssh://me@lab/system`. Options of ssh have no place in a URI. */
function sshUri({ target, port, uri }: SshConnection): string {
  const [, driver = 'qemu', path = '/system'] = /^([a-z0-9]+)(?:\+[a-z0-9]+)?:\/\/[^/]*(\/.*)?$/i.exec(uri) ?? [];
  return withoutQuestions(`${driver}+ssh://${target}${port === undefined ? '' : `:${port}`}${path}`);
}

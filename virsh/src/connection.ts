/** Which libvirt a command goes to, and how: through a local virsh with a URI, or through the virsh of another machine over ssh. */
import { say } from '../../server/src/l10n/say.ts';
import { failure, type Result, success } from './result.ts';

/** What the user has said about a host, whatever the way to it. */
export interface ConnectionMarks {
  /** What the user calls it; unique among the connections. */
  readonly name: string;
  /** Under which heading the host is listed. */
  readonly group?: string;
  /** What the host is, in a few words shown beside the name. */
  readonly label?: string;
  /** Nothing may be changed through this connection: virsh connects read-only, and changing commands are refused before they start. */
  readonly readOnly?: boolean;
  /** People depend on this host: what destroys something asks for more than a click. */
  readonly production?: boolean;
}

export interface UriConnection extends ConnectionMarks {
  readonly kind: 'uri';
  /** As `virsh --connect` takes it: `qemu:///system`, `qemu+ssh://user@host/system`, `test:///default`. */
  readonly uri: string;
}

export interface SshConnection extends ConnectionMarks {
  readonly kind: 'ssh';
  /** What ssh calls the destination: a host, `user@host` or an alias of ssh_config. */
  readonly target: string;
  readonly port?: number;
  /** Further arguments of the ssh program, for example `['-i', '/home/me/.ssh/lab']`. */
  readonly options: readonly string[];
  /** The URI that the remote virsh connects to. */
  readonly uri: string;
}

export type Connection = UriConnection | SshConnection;

const defaultRemoteUri = 'qemu:///system';
const uriForm = /^[a-z][a-z0-9]*(\+[a-z0-9]+)?:\/\/\S*$/i;
const textMarks = ['group', 'label'] as const;
const flagMarks = ['readOnly', 'production'] as const;
const knownKeys = new Set<string>(['name', 'uri', 'ssh', 'port', 'sshOptions', ...textMarks, ...flagMarks]);

/**
 * Reads one entry of the setting: `{name?, uri}` or `{name?, ssh, port?, sshOptions?, uri?}`, both with `group?`, `label?`, `readOnly?` and
 * `production?`. The error is one sentence for the user.
 */
export function readConnection(setting: unknown): Result<Connection, string> {
  if (typeof setting !== 'object' || setting === null || Array.isArray(setting)) {
    return failure(say`A connection is an object with "uri" or "ssh".`);
  }
  const entry = new Map<string, unknown>(Object.entries(setting));
  for (const key of entry.keys())
    if (!knownKeys.has(key)) return failure(say`"${key}" is not a property of a connection.`);
  const name = entry.get('name') ?? entry.get('ssh') ?? entry.get('uri');
  if (typeof name !== 'string' || name.trim() === '')
    return failure(say`A connection needs a "name", and "uri" or "ssh".`);
  const problem = uriProblem(entry.get('uri')) ?? markProblem(entry);
  if (problem) return failure(say`Connection "${name}": ${problem}`);
  const marks = readMarks(name, entry);
  const uri = entry.get('uri');
  if (entry.get('ssh') === undefined) {
    if (entry.has('port') || entry.has('sshOptions'))
      return failure(say`Connection "${name}": "port" and "sshOptions" belong to "ssh".`);
    return typeof uri === 'string'
      ? success({ kind: 'uri', ...marks, uri })
      : failure(say`Connection "${name}": "uri" or "ssh" is missing.`);
  }
  return readSsh(marks, entry, typeof uri === 'string' ? uri : defaultRemoteUri);
}

function readSsh(
  marks: ConnectionMarks,
  entry: ReadonlyMap<string, unknown>,
  uri: string,
): Result<SshConnection, string> {
  const { name } = marks;
  const target = entry.get('ssh');
  const port = entry.get('port');
  const options = entry.get('sshOptions') ?? [];
  if (typeof target !== 'string' || !/^[^\s-]\S*$/.test(target)) {
    return failure(say`Connection "${name}": "ssh" must be a host, user@host or an alias of your ssh configuration.`);
  }
  if (port !== undefined && (typeof port !== 'number' || !Number.isInteger(port) || port < 1 || port > 65535)) {
    return failure(say`Connection "${name}": "port" must be a whole number from 1 to 65535.`);
  }
  if (!Array.isArray(options) || !options.every((option) => typeof option === 'string' && !option.includes('\0'))) {
    return failure(say`Connection "${name}": "sshOptions" must be a list of strings.`);
  }
  return success({ kind: 'ssh', ...marks, target, ...(port === undefined ? {} : { port }), options, uri });
}

function markProblem(entry: ReadonlyMap<string, unknown>): string | undefined {
  for (const key of textMarks)
    if (!['undefined', 'string'].includes(typeof entry.get(key))) return say`"${key}" must be a text.`;
  for (const key of flagMarks)
    if (!['undefined', 'boolean'].includes(typeof entry.get(key))) return say`"${key}" must be true or false.`;
  return undefined;
}

/** A mark that says nothing (an empty text, false) is left out. */
function readMarks(name: string, entry: ReadonlyMap<string, unknown>): ConnectionMarks {
  const marks: { -readonly [Key in keyof ConnectionMarks]: ConnectionMarks[Key] } = { name };
  for (const key of textMarks) {
    const text = entry.get(key);
    if (typeof text === 'string' && text.trim() !== '') marks[key] = text.trim();
  }
  for (const key of flagMarks) if (entry.get(key) === true) marks[key] = true;
  return marks;
}

function uriProblem(uri: unknown): string | undefined {
  if (uri === undefined) return undefined;
  if (typeof uri !== 'string' || !uriForm.test(uri)) return say`"uri" must be a libvirt URI such as qemu:///system.`;
  return undefined;
}

/** Reads the whole setting. Entries with a problem are left out and named by their index. */
export function readConnections(setting: unknown): {
  readonly connections: readonly Connection[];
  readonly problems: readonly { readonly index: number; readonly message: string }[];
} {
  if (!Array.isArray(setting))
    return { connections: [], problems: [{ index: 0, message: say`The connections must be a list.` }] };
  const connections: Connection[] = [];
  const problems: { index: number; message: string }[] = [];
  setting.forEach((entry, index) => {
    const read = readConnection(entry);
    if (!read.ok) problems.push({ index, message: read.error });
    else if (connections.some(({ name }) => name === read.value.name)) {
      problems.push({ index, message: say`There is already a connection called "${read.value.name}".` });
    } else connections.push(read.value);
  });
  return { connections, problems };
}

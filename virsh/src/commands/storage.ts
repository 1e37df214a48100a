/** Commands about storage pools and volumes. */
import { escapeAttribute, escapeText } from '../../../server/src/xml/edits.ts';
import { changeCommand, option, readCommand, transferCommand, type VirshCommand } from '../command.ts';
import { type Pool, parsePool, parseVolume, type Volume } from '../output/storageXml.ts';
import { parseNames } from '../output/text.ts';
import { parseVolumes, type VolumeEntry } from '../output/volumeList.ts';
import { choosing, type Which } from './network.ts';

/** Names of the active pools: volumes of the others cannot be looked at. */
export function listPools(): VirshCommand<readonly string[]> {
  return listPoolsThat('active');
}

/** Names of pools, by one property; a batch asks for all. */
export function listPoolsThat(which: Which): VirshCommand<readonly string[]> {
  return readCommand(['pool-list', ...choosing[which], '--name'], parseNames);
}

export function dumpPool(pool: string): VirshCommand<Pool> {
  return readCommand(['pool-dumpxml', option('pool', pool)], parsePool);
}

/**
 * Makes a pool over a directory that exists. It is transient: nothing of it is kept when it is destroyed. As a document, because
 * `pool-create-as` puts the name and the path into XML as they are.
 */
export function createDirectoryPool(name: string, directory: string): VirshCommand<void> {
  const target = `<target><path>${escapeText(directory)}</path></target>`;
  return {
    ...changeCommand(['pool-create']),
    document: { option: '--file', text: `<pool type='dir'><name>${escapeText(name)}</name>${target}</pool>\n` },
  };
}

/** Ends a pool, a transient one for good. Its files stay. */
export function destroyPool(pool: string): VirshCommand<void> {
  return changeCommand(['pool-destroy', option('pool', pool)]);
}

/** Names of the volumes in a pool. */
export function listVolumes(pool: string): VirshCommand<readonly string[]> {
  return readCommand(['vol-list', option('pool', pool)], (output) => parseVolumes(output).map(({ name }) => name));
}

/** Names and paths of the volumes in a pool. */
export function listVolumePaths(pool: string): VirshCommand<readonly VolumeEntry[]> {
  return readCommand(['vol-list', option('pool', pool)], parseVolumes);
}

/** Many images on a slow file server take their time: each is opened. */
const refreshMilliseconds = 120_000;

/** Makes the pool look at its directory again: files that others made appear as volumes. Nothing on the host changes. */
export function refreshPool(pool: string): VirshCommand<void> {
  const command = readCommand(['pool-refresh', option('pool', pool)], () => undefined);
  return { ...command, timeoutMilliseconds: refreshMilliseconds };
}

/** The pool that has the volume at a path; a failure of kind `not-found` says that none has. */
export function poolOfPath(path: string): VirshCommand<string> {
  return readCommand(['vol-pool', option('vol', path)], (output) => output.replace(/\r?\n$/, ''));
}

export function volumePath(pool: string, volume: string): VirshCommand<string> {
  return readCommand(['vol-path', option('vol', volume), option('pool', pool)], (output) =>
    output.replace(/\r?\n$/, ''),
  );
}

/** The volume at a path, whatever pool it is in. */
export function dumpVolumeAt(path: string): VirshCommand<Volume> {
  return readCommand(['vol-dumpxml', option('vol', path)], parseVolume);
}

export function dumpVolume(pool: string, volume: string): VirshCommand<Volume> {
  return readCommand(['vol-dumpxml', option('vol', volume), option('pool', pool)], parseVolume);
}

/** Copies a volume inside its pool, on the host. Refuses a name that exists. */
export function cloneVolume(pool: string, volume: string, newName: string): VirshCommand<void> {
  // virsh takes the new name for XML text, in which only references have a meaning.
  const name = newName.replaceAll('&', '&amp;');
  return transferCommand(['vol-clone', option('vol', volume), option('newname', name), option('pool', pool)]);
}

export function deleteVolume(pool: string, volume: string): VirshCommand<void> {
  return changeCommand(['vol-delete', option('vol', volume), option('pool', pool)]);
}

/** An empty volume. `capacity` in bytes; `format` as qemu-img names it. As a document, because `vol-create-as` puts the name into XML as it is. */
export function createVolume(pool: string, name: string, capacity: number, format: string): VirshCommand<void> {
  return {
    ...changeCommand(['vol-create', option('pool', pool)]),
    document: volumeDocument({ name, capacity, format }),
  };
}

/** An image that holds what differs from another, which is not written to any more. The format of that one is stated, never guessed. */
export function createLinkedVolume(
  pool: string,
  name: string,
  capacity: number,
  backing: { readonly path: string; readonly format: 'qcow2' | 'raw' },
): VirshCommand<void> {
  const below = `<backingStore><path>${escapeText(backing.path)}</path><format type='${backing.format}'/></backingStore>`;
  return {
    ...changeCommand(['vol-create', option('pool', pool)]),
    document: volumeDocument({ name, capacity, format: 'qcow2' }, below),
  };
}

export interface NewVolume {
  readonly pool: string;
  readonly name: string;
  /** Bytes that the guest sees. */
  readonly capacity: number;
  readonly format: string;
}

/** A volume with the content of another of the same host, in a format of its own and without backing files. The host does it. */
export function createVolumeFrom({ pool, ...volume }: NewVolume, fromPool: string, from: string): VirshCommand<void> {
  const args = ['vol-create-from', option('pool', pool), option('vol', from), option('inputpool', fromPool)];
  return { ...transferCommand(args), document: volumeDocument(volume) };
}

function volumeDocument(
  { name, capacity, format }: Omit<NewVolume, 'pool'>,
  more = '',
): VirshCommand<void>['document'] & object {
  // Told nothing, libvirt writes qcow2 images that QEMU older than 1.1 can read, and that are slower for it.
  const compat = format === 'qcow2' ? '<compat>1.1</compat>' : '';
  const target = `<target><format type='${escapeAttribute(format, "'")}'/>${compat}</target>`;
  const text = `<volume><name>${escapeText(name)}</name><capacity unit='bytes'>${capacity}</capacity>${target}${more}</volume>\n`;
  return { option: '--file', text };
}

/** For a stream that brings a volume here, byte for byte. */
export function downloadArguments(pool: string, volume: string): readonly string[] {
  return ['vol-download', option('vol', volume), option('file', '/dev/stdout'), option('pool', pool)];
}

/** For a stream that fills a volume. One that is longer keeps its end. */
export function uploadArguments(pool: string, volume: string): readonly string[] {
  return ['vol-upload', option('vol', volume), option('file', '/dev/stdin'), option('pool', pool)];
}

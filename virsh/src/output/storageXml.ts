/** Pools and volumes as libvirt describes them. */
import { readXml } from './xml.ts';

export interface Pool {
  readonly name: string;
  /** `dir`, `fs`, `netfs`, `logical`, `disk`, `iscsi`, `rbd`, `zfs`, … */
  readonly type: string;
  /** The directory or device of the volumes; undefined for pools without one. */
  readonly path: string | undefined;
  /** Bytes; undefined where libvirt does not say. */
  readonly available: number | undefined;
}

export interface Volume {
  readonly name: string;
  /** `file`, `block`, `dir`, `network`, … */
  readonly type: string;
  /** What a domain's disk names: a path for files and block devices. */
  readonly path: string;
  /** `raw`, `qcow2`, …; undefined where libvirt does not say. */
  readonly format: string | undefined;
  /** Bytes that the guest sees. */
  readonly capacity: number;
  /** Bytes taken on the host. */
  readonly allocation: number;
  /** Bytes of the file or device, holes among them: what a download of it brings. */
  readonly physical: number;
  /** When it was last written to, in whole seconds since 1970; undefined where libvirt does not say. */
  readonly modified: number | undefined;
  /** The file that a copy-on-write volume builds upon. */
  readonly backingPath: string | undefined;
}

/** `1700000000.123456789` */
function wholeSeconds(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Math.floor(Number(text));
}

function bytes(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

/** `pool-dumpxml`. libvirt always prints sizes in bytes. */
export function parsePool(output: string): Pool {
  const pool = readXml(output, 'pool');
  return {
    name: pool.at('name').text ?? '',
    type: pool.attribute('type') ?? '',
    path: pool.at('target', 'path').text,
    available: bytes(pool.at('available').text),
  };
}

/** `vol-dumpxml`. */
export function parseVolume(output: string): Volume {
  const volume = readXml(output, 'volume');
  const target = volume.at('target');
  return {
    name: volume.at('name').text ?? '',
    type: volume.attribute('type') ?? '',
    path: target.at('path').text ?? '',
    format: target.at('format').attribute('type'),
    capacity: bytes(volume.at('capacity').text) ?? 0,
    allocation: bytes(volume.at('allocation').text) ?? 0,
    physical: bytes(volume.at('physical').text) ?? 0,
    modified: wholeSeconds(target.at('timestamps', 'mtime').text),
    backingPath: volume.at('backingStore', 'path').text,
  };
}

/** Two private libvirtds with a storage pool each; the second is reached through ssh. A clone goes from the first to the second. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { escapeText } from '../../../server/src/xml/edits.ts';
import {
  type CloneOrder,
  type ClonePlan,
  domain,
  type Host,
  listDomains,
  openHost,
  placeByName,
  planClone,
  type Result,
  readCloneSource,
  readCloneTarget,
  readTargetDirectory,
} from '../../../virsh/src/index.ts';
import { failure } from '../../../virsh/src/result.ts';
import { LibvirtDaemon } from '../../support/bed/libvirtDaemon.ts';
import { value } from '../../support/bed/results.ts';
import { runTool } from '../../support/bed/scratch.ts';
import { SshServer } from '../../support/bed/sshServer.ts';
import { tinyDomain } from '../../support/bed/tinyGuest.ts';

/** Everything that a clone could leave behind or damage. */
export interface Inventory {
  readonly files: readonly (readonly string[])[];
  readonly domains: readonly string[];
  readonly pools: readonly string[];
  readonly volumes: readonly string[];
}

interface Kind {
  /** False: disks go through libvirt's own streams (withoutShell). */
  readonly hasShell?: boolean;
}

/** The same host, which says that there is no shell on it, as one does that is reached by TLS. */
export function withoutShell(host: Host): Host {
  const message = 'there is no shell on it';
  const refusal = failure({ kind: 'unsupported', message, commandLine: '', exitCode: null, stderr: '' } as const);
  return { ...host, script: async () => refusal };
}

const targetPool = `it's <&> there`;

export class TwoHosts {
  readonly here: LibvirtDaemon;
  readonly there: LibvirtDaemon;
  readonly server: SshServer;
  readonly source: Host;
  target: Host;
  /** Directories of the pools. */
  readonly from: string;
  readonly to: string;

  private constructor(here: LibvirtDaemon, there: LibvirtDaemon, server: SshServer, { hasShell = true }: Kind) {
    this.here = here;
    this.there = there;
    this.server = server;
    const source = openHost({ kind: 'uri', name: 'here', uri: here.uri });
    this.source = hasShell ? source : withoutShell(source);
    this.target = this.reach();
    this.from = makePool(here, 'lab');
    this.to = makePool(there, targetPool);
  }

  static async start(kind: Kind = {}): Promise<TwoHosts> {
    const parts = Promise.all([LibvirtDaemon.start(), LibvirtDaemon.start(), SshServer.start()]);
    return new TwoHosts(...(await parts), kind);
  }

  async stop(): Promise<void> {
    for (const host of [this.source, this.target]) host.close();
    await Promise.all([this.here.stop(), this.there.stop(), this.server.stop()]);
  }

  /** A new connection to the second host. */
  reach(): Host {
    const { server, there } = this;
    return openHost({ kind: 'ssh', name: 'there', target: 'bed', options: server.options, uri: there.uri });
  }

  inventory(): Inventory {
    const beds = [this.here, this.there];
    const ask = (bed: LibvirtDaemon, ...args: string[]) => runTool('virsh', '-q', '-c', bed.uri, ...args).trim();
    const pools = ['lab', targetPool];
    return {
      files: [this.from, this.to, this.here.images].map((directory) => readdirSync(directory).sort()),
      domains: beds.map((bed) => ask(bed, 'list', '--all', '--uuid', '--name')),
      pools: beds.map((bed) => ask(bed, 'pool-list', '--all', '--name')),
      volumes: beds.map((bed, at) => ask(bed, 'vol-list', `--pool=${pools[at]}`)),
    };
  }

  /** Moves an image into the first host's pool, which looks again; its path. */
  intoPool(image: string): string {
    const file = path.join(this.from, path.basename(image));
    renameSync(image, file);
    this.here.giveToDaemon(file);
    runTool('virsh', '-q', '-c', this.here.uri, 'pool-refresh', 'lab');
    return file;
  }

  /** A qcow2 image with so much random data that nothing makes it smaller, in the first host's pool. */
  largeImage(name: string, mebibytes: number): string {
    const content = path.join(this.here.directory, 'content');
    const image = path.join(this.here.directory, name);
    for (let at = 0; at < mebibytes; at++) appendFileSync(content, randomBytes(1024 * 1024));
    execFileSync('qemu-img', ['convert', '-f', 'raw', '-O', 'qcow2', content, image]);
    rmSync(content);
    return this.intoPool(image);
  }

  async define(name: string, disk: string, more: Partial<Parameters<typeof tinyDomain>[0]> = {}): Promise<void> {
    value(await this.source.run(domain.define(tinyDomain({ name, disk, ...more }))));
  }

  /** The plan of a clone on the second host; what has no namesake there goes into its pool, or the directory that is given. */
  async plan(
    name: string,
    clone: string,
    { directory, ...order }: Omit<CloneOrder, 'destination'> & { readonly directory?: string } = {},
  ): Promise<Result<ClonePlan, readonly string[]>> {
    const entry = value(await listDomains(this.source)).find((one) => one.name === name);
    assert.ok(entry);
    const source = value(await readCloneSource(this.source, entry, { isElsewhere: true }));
    const known = value(await readCloneTarget(this.source, entry, this.target));
    const { placement, open } = placeByName(source, known);
    const { target, pool } = directory
      ? value(await readTargetDirectory(this.target, known, directory))
      : { target: known, pool: targetPool };
    const pools = new Map([...placement.pools, ...open.pools.map((need) => [need, pool] as const)]);
    return planClone(source, clone, { ...order, destination: { target, placement: { ...placement, pools } } });
  }
}

function makePool(bed: LibvirtDaemon, name: string): string {
  const directory = path.join(bed.directory, name);
  mkdirSync(directory);
  bed.giveToDaemon(directory);
  const file = path.join(bed.directory, 'pool.xml');
  const target = `<target><path>${escapeText(directory)}</path></target>`;
  writeFileSync(file, `<pool type='dir'><name>${escapeText(name)}</name>${target}</pool>`);
  // Defined, so that it comes back with its daemon.
  runTool('virsh', '-q', '-c', bed.uri, 'pool-define', file);
  runTool('virsh', '-q', '-c', bed.uri, 'pool-start', name);
  runTool('virsh', '-q', '-c', bed.uri, 'pool-autostart', name);
  return directory;
}

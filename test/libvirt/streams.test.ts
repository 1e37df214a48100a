/** Commands that run on with their streams: disks up and down, over every way, byte for byte and with their exit codes. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { changeCommand } from '../../virsh/src/command.ts';
import { type Connection, type Host, openHost, storage } from '../../virsh/src/index.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements, sshPrograms } from '../support/bed/requirements.ts';
import { failed, value } from '../support/bed/results.ts';
import { SshServer } from '../support/bed/sshServer.ts';

describe('a stream of a host', { skip: requirements(...daemonPrograms, ...sshPrograms) }, () => {
  let bed: LibvirtDaemon;
  let server: SshServer;
  /** Above every buffer on the way, and no text. */
  const data = randomBytes(3_000_000);
  const hosts: Host[] = [];
  before(async () => {
    [bed, server] = await Promise.all([LibvirtDaemon.start(), SshServer.start()]);
    const connections: readonly Connection[] = [
      { kind: 'uri', name: 'here', uri: bed.uri },
      { kind: 'ssh', name: 'lab', target: 'bed', options: server.options, uri: bed.uri },
    ];
    hosts.push(...connections.map((connection) => openHost(connection)));
    writeFileSync(path.join(bed.images, 'down.raw'), data);
    bed.giveToDaemon(bed.images);
    const pool = ['pool-create-as', '--name=p', '--type=dir', `--target=${bed.images}`];
    value(await (hosts[0] ?? assert.fail()).run(changeCommand(pool)));
  });
  after(async () => {
    for (const host of hosts) host.close();
    await Promise.all([bed.stop(), server.stop()]);
  });

  it('brings a volume here', async () => {
    for (const host of hosts) {
      const args = ['vol-download', '--vol=down.raw', '--file=/dev/stdout', '--pool=p'];
      const stream = value(await host.stream({ args, mode: 'receive' }));
      assert.ok(data.equals(await buffer(stream.output)), host.connection.name);
      value(await stream.ended);
    }
  });

  it('takes a volume there', async () => {
    for (const host of hosts) {
      const name = `up-${host.connection.name}.raw`;
      value(await host.run(storage.createVolume('p', name, data.length, 'raw')));
      const args = ['vol-upload', `--vol=${name}`, '--file=/dev/stdin', '--pool=p'];
      const stream = value(await host.stream({ args, mode: 'send', isChange: true }));
      stream.input.end(data);
      value(await stream.ended);
      assert.ok(data.equals(readFileSync(path.join(bed.images, name))), host.connection.name);
    }
  });

  it('says how it failed, and when it was stopped', async () => {
    for (const host of hosts) {
      const args = ['vol-download', '--vol=no-such-volume', '--file=/dev/stdout', '--pool=p'];
      const stream = value(await host.stream({ args, mode: 'receive' }));
      assert.equal((await buffer(stream.output)).length, 0);
      assert.match(failed(await stream.ended).stderr, /no-such-volume/);
      const endless = value(await host.stream({ args: ['event', '--all', '--loop'], mode: 'watch' }));
      endless.stop();
      assert.equal(failed(await endless.ended).kind, 'cancelled');
    }
  });

  it('is refused when three run on already', async () => {
    const [host] = hosts;
    assert.ok(host);
    const open = async () => host.stream({ args: ['event', '--all', '--loop'], mode: 'watch' });
    const running = (await Promise.all([open(), open(), open()])).map((stream) => value(stream));
    assert.equal(failed(await open()).kind, 'refused');
    for (const stream of running) stream.stop();
    for (const stream of running) await stream.ended;
    value(await open()).stop();
  });
});

/** Screens of real guests: a picture, and the VNC server reached through each way to the host. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { domain, type Host, openHost, takeScreenshot, vncPassword, vncPlace } from '../../virsh/src/index.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements, sshPrograms } from '../support/bed/requirements.ts';
import { failed, value } from '../support/bed/results.ts';
import { SshServer } from '../support/bed/sshServer.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';

describe('the screen of a guest', { skip: requirements(...daemonPrograms, ...sshPrograms) }, () => {
  let bed: LibvirtDaemon;
  let server: SshServer;
  const hosts: Host[] = [];
  const names = { port: '', socket: '' };
  before(async () => {
    [bed, server] = await Promise.all([LibvirtDaemon.start(), SshServer.start()]);
    const local = openHost({ kind: 'uri', name: 'here', uri: bed.uri });
    // The bed's netcat, under the name that a host has it.
    const programs = path.join(server.directory, 'programs');
    mkdirSync(programs);
    copyFileSync(server.file('netcat'), path.join(programs, 'nc'));
    const environment = { ...process.env, VIRTLINT_TEST_PATH: `${programs}:/usr/local/bin:/usr/bin:/bin` };
    const options = [...server.options, '-o', 'SendEnv=VIRTLINT_TEST_PATH'];
    const far = openHost({ kind: 'ssh', name: 'lab', target: 'bed', options, uri: bed.uri }, { environment });
    hosts.push(local, far);
    for (const [name, graphics] of [
      ['port', "<graphics type='vnc' autoport='yes' passwd='secret12'/><video><model type='vga'/></video>"],
      ['socket', `<graphics type='vnc' socket='${bed.directory}/vnc of it'/><video><model type='vga'/></video>`],
    ] as const) {
      const disk = bed.makeImage(`${name}.qcow2`);
      value(await local.run(domain.define(tinyDomain({ name, disk, devices: graphics }))));
      names[name] = value(await local.run(domain.uuidOf(name)));
      value(await local.run(domain.start(name)));
    }
  });
  after(async () => {
    for (const name of Object.values(names)) await hosts[0]?.run(domain.destroy(name));
    for (const host of hosts) host.close();
    await Promise.all([bed.stop(), server.stop()]);
  });

  for (const [index, way] of ['from this machine', 'over ssh'].entries()) {
    const host = (): Host => hosts[index] ?? assert.fail();

    it(`is photographed ${way}`, async () => {
      const { data, type } = value(await takeScreenshot(host(), names.port));
      assert.equal(type, 'image/png');
      assert.equal(data.toString('latin1', 1, 4), 'PNG');
      assert.equal(data.toString('latin1', data.length - 8, data.length - 4), 'IEND', 'the picture is whole');
      assert.equal(failed(await takeScreenshot(host(), '99999999-9999-4999-8999-999999999999')).kind, 'not-found');
    });

    it(`is reached ${way}, at its port and at its socket`, async () => {
      for (const uuid of Object.values(names)) {
        const place = vncPlace(value(await host().run(domain.dumpXml(uuid))), host().connection);
        assert.notEqual(place.kind, 'none');
        if (place.kind === 'none') continue;
        const stream = value(
          place.kind === 'port'
            ? await host().connectTo(place.address, place.port)
            : await host().connectToSocket(place.path),
        );
        assert.match(String((await once(stream, 'data'))[0]), /^RFB 003\.\d+\n$/, place.kind);
        stream.destroy();
      }
    });
  }

  it('has a password that who may change things may read', async () => {
    const [host] = hosts;
    assert.ok(host);
    assert.equal(vncPassword(value(await host.run(domain.dumpXml(names.port, { secrets: true })))), 'secret12');
    assert.equal(vncPassword(value(await host.run(domain.dumpXml(names.port)))), undefined);
  });
});

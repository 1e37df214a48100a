/** The settings of a real machine, read on it and through a real sshd. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { checkTuning, type Host, openHost, readTuning, unseen } from '../../virsh/src/index.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements, sshPrograms } from '../support/bed/requirements.ts';
import { failed, value } from '../support/bed/results.ts';
import { SshServer } from '../support/bed/sshServer.ts';

describe('the tuning of a host', { skip: requirements(...daemonPrograms, ...sshPrograms) }, () => {
  let bed: LibvirtDaemon;
  let server: SshServer;
  before(async () => {
    [bed, server] = await Promise.all([LibvirtDaemon.start(), SshServer.start()]);
  });
  after(() => Promise.all([bed.stop(), server.stop()]));

  const ways: Readonly<Record<string, () => Host>> = {
    'on this machine': () => openHost({ kind: 'uri', name: 'here', uri: bed.uri }),
    'over ssh': () => openHost({ kind: 'ssh', name: 'lab', target: 'bed', options: server.options, uri: bed.uri }, {}),
  };
  for (const [way, open] of Object.entries(ways))
    it(`is read ${way}`, async () => {
      const host = open();
      const reading = value(await readTuning(host));
      host.close();
      assert.equal(unseen(reading), undefined);
      const swappiness = readFileSync('/proc/sys/vm/swappiness', 'utf8').trim();
      assert.deepEqual(reading.settings?.get('swappiness'), [swappiness]);
      const findings = checkTuning(reading);
      assert.ok(findings.some(({ value: shown }) => shown.startsWith(`vm.swappiness = ${swappiness}`)));
      assert.ok(findings.some(({ subject }) => subject === 'vhost-net'));
    });

  it('is not looked for where a host has no shell for us', async () => {
    const host = openHost({ kind: 'uri', name: 'far', uri: 'qemu+tls://nowhere.invalid/system' });
    const refusal = failed(await host.script('echo no'));
    host.close();
    assert.equal(refusal.kind, 'unsupported');
    assert.match(refusal.message, /far is reached by virsh alone/);
  });
});

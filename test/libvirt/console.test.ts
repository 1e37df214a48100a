/** The console of a real guest in a real terminal, from this machine and over ssh. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { domain, type Host, hasConsole, openHost, runVerb, verbs } from '../../virsh/src/index.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements, sshPrograms } from '../support/bed/requirements.ts';
import { value } from '../support/bed/results.ts';
import { endProcess, endWithTests, waitFor } from '../support/bed/scratch.ts';
import { SshServer } from '../support/bed/sshServer.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';

describe('a console', { skip: requirements(...daemonPrograms, ...sshPrograms, 'script') }, () => {
  let bed: LibvirtDaemon;
  let server: SshServer;
  let uuid = '';
  const hosts: Host[] = [];
  before(async () => {
    [bed, server] = await Promise.all([LibvirtDaemon.start(), SshServer.start()]);
    hosts.push(
      openHost({ kind: 'uri', name: 'here', uri: bed.uri }),
      openHost({ kind: 'ssh', name: 'lab', target: 'bed', options: [...server.options], uri: bed.uri }),
    );
    const [here] = hosts;
    assert.ok(here);
    value(await here.run(domain.define(tinyDomain({ name: 'guest', disk: bed.makeImage('guest.qcow2') }))));
    uuid = value(await here.run(domain.uuidOf('guest')));
  });
  after(async () => {
    for (const host of hosts) host.close();
    await Promise.all([bed.stop(), server.stop()]);
  });

  for (const [index, way] of ['from this machine', 'over ssh'].entries()) {
    it(`${way} shows what the guest writes, and carries what is typed to it`, async () => {
      const host = hosts[index] ?? assert.fail();
      value(await runVerb(host, verbs.start, [{ name: 'guest', uuid }]));
      const { executable, args } = value(await host.terminal(['console', `--domain=${uuid}`]));
      // `script` gives it a terminal of its own, as VS Code does.
      const words = [executable, ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
      const terminal = spawn('script', ['--quiet', '--return', '--command', words, '/dev/null'], { stdio: 'pipe' });
      endWithTests(terminal);
      let shown = '';
      terminal.stdout.on('data', (data: Buffer) => {
        shown += String(data);
      });
      try {
        // What is typed before virsh is connected is lost.
        const typing = setInterval(() => terminal.stdin.write('\r'), 300);
        await waitFor('the guest to answer what is typed', () => /tiny>/.test(shown)).finally(() =>
          clearInterval(typing),
        );
        // This guest switches itself off at Ctrl+D.
        terminal.stdin.write('\u0004');
        await waitFor('the guest to be off', async () => {
          const { state } = value(await host.run(domain.stateReason(uuid)));
          return state === 'shut off';
        });
      } finally {
        await endProcess(terminal);
      }
    });
  }

  it('is there where the guest has a serial line', () => {
    assert.ok(hasConsole("<domain><devices><serial type='pty'/></devices></domain>"));
    assert.ok(hasConsole("<domain><devices><console type='pty'/></devices></domain>"));
    assert.ok(!hasConsole("<domain><devices><channel type='unix'/></devices></domain>"));
  });
});

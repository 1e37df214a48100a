/** Whatever ends us, nothing of ours goes on: no shared connection, no virsh that waits for events, here or on the host. */
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { type Connection, openHost, watchEvents } from '../../virsh/src/index.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements, sshPrograms } from '../support/bed/requirements.ts';
import { waitFor } from '../support/bed/scratch.ts';
import { SshServer } from '../support/bed/sshServer.ts';

/** The one who will be killed: it follows the events of each connection, and tells when they are live. */
function follow(connections: readonly Connection[]): void {
  for (const connection of connections)
    watchEvents(openHost(connection), { onEvent: () => undefined, onState: ({ state }) => process.send?.(state) });
}

function commandLines(): readonly string[] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      return /^\d+$/.test(pid) ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')] : [];
    } catch {
      return [];
    }
  });
}

if (process.send && process.argv[2] !== undefined) follow(JSON.parse(process.argv[2]));
else {
  describe('a process that is killed', { skip: requirements(...daemonPrograms, ...sshPrograms) }, () => {
    it('leaves nothing behind', async () => {
      const [bed, server] = await Promise.all([LibvirtDaemon.start(), SshServer.start()]);
      const connections: readonly Connection[] = [
        { kind: 'uri', name: 'here', uri: bed.uri },
        { kind: 'ssh', name: 'lab', target: 'bed', options: server.options, uri: bed.uri },
      ];
      const ours = () =>
        commandLines().filter(
          (line) =>
            (line.includes(bed.socket) && line.includes('--loop')) ||
            (line.includes(server.directory) && line.includes('ControlMaster')),
        );
      const victim = fork(import.meta.filename, [JSON.stringify(connections)], { execArgv: [] });
      const states: unknown[] = [];
      victim.on('message', (state) => states.push(state));
      await waitFor('the events to be live', () => states.length === 2);
      assert.deepEqual(states, ['live', 'live']);
      assert.ok(ours().length >= 4);
      victim.kill('SIGKILL');
      await waitFor('everything to end', () => ours().length === 0);
      await Promise.all([bed.stop(), server.stop()]);
    });
  });
}

/** Runs last: whatever the other tests made the extension do, it has connected to nobody but the user's hosts, which are on this machine here. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { describe, it } from 'mocha';
import { noteConnections, takeConnectedHosts } from './support/connections.ts';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;

// All files are loaded before the first test runs.
noteConnections();

describe('no network', () => {
  it('is used but towards hosts', () => {
    const elsewhere = takeConnectedHosts().filter((host) => !LOOPBACK.test(host));
    assert.deepEqual(elsewhere, []);
  });

  it('would be seen', async () => {
    await once(net.connect({ host: '127.0.0.2', port: 9 }), 'error');
    assert.ok(takeConnectedHosts().includes('127.0.0.2'));
  });
});

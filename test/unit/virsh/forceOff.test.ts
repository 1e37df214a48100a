/** Forcing off, where libvirt's answer and the guest's state differ. A fake runner: no real libvirt can be made to answer so at will. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forceOff } from '../../../virsh/src/index.ts';
import { failed, value } from '../../support/bed/results.ts';
import { answering } from './answering.ts';

const notRunning = 'error: Failed to destroy domain\nerror: Requested operation is not valid: domain is not running\n';

describe('forcing a domain off', () => {
  it('is done when libvirt says so, and asks nothing more', async () => {
    const { runner, asked } = answering('');
    value(await forceOff(runner, 'u'));
    assert.deepEqual(asked, ['destroy']);
  });

  it('is done when the guest is off, whatever libvirt says', async () => {
    for (const said of [notRunning, 'error: Failed to terminate process 7 with SIGTERM: Device or resource busy\n'])
      value(await forceOff(answering(said, 'shut off (unknown)\n').runner, 'u'));
  });

  it('is tried again when the guest runs although libvirt denies it', async () => {
    const { runner, asked } = answering(notRunning, 'running (booted)\n', '');
    value(await forceOff(runner, 'u'));
    assert.deepEqual(asked, ['destroy', 'domstate', 'destroy']);
    const stubborn = answering(...Array.from({ length: 4 }, () => [notRunning, 'running (booted)\n']).flat(), '');
    assert.equal(failed(await forceOff(stubborn.runner, 'u')).kind, 'not-running');
    assert.equal(stubborn.asked.length, 8);
  });

  it('fails with libvirt’s reason where the guest runs on, or nothing is known of it', async () => {
    assert.match(failed(await forceOff(answering('error: busy\n', 'running (booted)\n').runner, 'u')).message, /^busy/);
    assert.match(failed(await forceOff(answering('error: busy\n', 'error: lost\n').runner, 'u')).message, /^busy/);
    const { runner, asked } = answering("error: failed to get domain 'u'\n");
    assert.equal(failed(await forceOff(runner, 'u')).kind, 'not-found');
    assert.deepEqual(asked, ['destroy']);
  });
});

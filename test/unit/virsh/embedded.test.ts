/** An embedded driver that crashes while virsh closes it: whether the command before was carried out. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explainFailure } from '../../../virsh/src/failures/explain.ts';
import { endOfTimedCommand } from '../../../virsh/src/run/embedded.ts';
import { hasCrashed } from '../../../virsh/src/run/process.ts';

const timing = '\n(Time: 12.345 ms)\n\n';
const log = '2026-01-01 12:00:00.000+0000: 1: warning : virSecurityManagerNew:194 : a warning\n';
const crash = { end: 'exited', exitCode: null } as const;

describe('a command of the embedded driver', () => {
  it('was done when its timing was printed, however virsh ended', () => {
    const done = { end: 'exited', exitCode: 0, stdout: 'defined', stderr: log };
    assert.deepEqual(endOfTimedCommand({ ...crash, stdout: `defined${timing}`, stderr: log }), done);
    const refused = endOfTimedCommand({ ...crash, stdout: timing, stderr: `${log}error: Domain not found` });
    assert.deepEqual([refused.exitCode, refused.stdout], [1, '']);
  });

  it('ended unknown when its timing was not printed', () => {
    const outcome = endOfTimedCommand({ ...crash, stdout: '', stderr: log });
    assert.ok(hasCrashed(outcome));
    const failed = { ...outcome, commandLine: 'virsh start a', connection: 'Playground', timeoutMilliseconds: 1000 };
    const { kind, message } = explainFailure(failed);
    assert.equal(kind, 'crashed');
    assert.match(message, /virsh crashed .* Playground/);
  });

  it('keeps its own end where virsh did not crash', () => {
    for (const [end, exitCode] of [
      ['exited', 0],
      ['exited', 1],
      ['timeout', null],
      ['cancelled', null],
    ] as const) {
      const outcome = endOfTimedCommand({ end, exitCode, stdout: `text${timing}`, stderr: '' });
      assert.deepEqual(outcome, { end, exitCode, stdout: 'text', stderr: '' });
      assert.equal(hasCrashed(outcome), false);
    }
  });
});

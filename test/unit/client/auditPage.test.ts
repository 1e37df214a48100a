/** The page of the audit log: a shell takes it for comments and the commands that were given, whatever names are in them. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { auditPage } from '../../../client/src/audit/auditPage.ts';
import type { AuditRecord } from '../../../virsh/src/index.ts';
import { quoteAllForShell } from '../../../virsh/src/run/quote.ts';
import { Random } from '../../support/random.ts';

const record: AuditRecord = {
  id: 'a',
  time: new Date('2026-11-23T07:10:12Z'),
  host: 'lab',
  commandLine: 'virsh -q -c qemu:///system start --domain=1b2c',
  change: { verb: 'start', object: '', domain: '1b2c' },
  domainName: 'web',
  end: { outcome: 'ok', exitCode: 0, milliseconds: 1234, stderr: '' },
};

describe('the page of the audit log', () => {
  it('says when, where, what, how it ended and how long it took', () => {
    const [, facts, command] = /^# (\d{4}-.*)\n(.*)$/m.exec(auditPage([record])) ?? [];
    assert.match(
      facts ?? '',
      /^2026-11-2\d \d\d:\d\d:12 [+-]\d\d:\d\d · lab · start of web \(1b2c\) · exit 0, 1\.2 s$/,
    );
    assert.equal(command, record.commandLine);
    const at = (facts ?? '').split(' · ')[0]?.replace(' ', 'T').replace(' ', '');
    assert.equal(new Date(at ?? '').getTime(), record.time.getTime());
  });

  it('says how what failed, was stopped or is under way stands', () => {
    const failed = { outcome: 'in-use', exitCode: 1, milliseconds: 40, stderr: 'error: one\nerror: two' };
    const page = auditPage([
      { ...record, end: failed, change: { verb: 'attach-device', object: 'disk vdb', domain: 'web' } },
      { ...record, end: { ...failed, outcome: 'cancelled', exitCode: null } },
      { ...record, end: undefined },
    ]);
    assert.match(page, /attach-device: disk vdb of web · exit 1 \(in-use\), 0\.0 s\n.*\n# error: one\n# error: two\n/);
    assert.match(page, /no exit status \(cancelled\)/);
    assert.match(page, /under way, or the window was closed before its end/);
    assert.match(auditPage([]), /None so far/);
  });

  it('is nothing but comments and those commands to a shell', {
    skip: process.platform === 'win32' && 'uses sh',
  }, () => {
    const random = new Random(7);
    const name = (): string =>
      Array.from({ length: 12 }, () =>
        random.pick(['a', "'", '"', '\n', '\r', '\u2028', ' ', '$(x)', '`y`', '#', ';', '\\', '&']),
      ).join('');
    const names = Array.from({ length: 40 }, name);
    const page = auditPage(
      names.map((domain) => ({
        ...record,
        host: name(),
        commandLine: quoteAllForShell(['printf', '%s\\0', domain]),
        change: { verb: 'start', object: name(), domain },
        domainName: name(),
        end: { outcome: 'other', exitCode: 1, milliseconds: 1, stderr: name() },
      })),
    );
    const printed = execFileSync('/bin/sh', ['-c', page], { encoding: 'utf8' });
    assert.deepEqual(printed.split('\0').slice(0, -1), names);
  });
});

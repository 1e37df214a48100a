/** Where the ssh of a connection leads, and how libvirt is made to use the one that everything shares. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sshDestination, withSshProgram } from '../../../virsh/src/run/destination.ts';

describe('the ssh of a connection', () => {
  const ofUri = (uri: string) => sshDestination({ kind: 'uri', name: 'x', uri }, {});

  it('is the user’s own for an ssh destination', () => {
    assert.deepEqual(
      sshDestination(
        { kind: 'ssh', name: 'lab', target: 'me@lab', port: 2222, options: ['-i', '/k'], uri: 'qemu:///system' },
        { sshPath: '/opt/ssh', sshOptions: ['-4'] },
      ),
      { program: '/opt/ssh', options: ['-4', '-i', '/k'], target: 'me@lab', port: 2222 },
    );
  });

  it('is what libvirt makes of its URI', () => {
    assert.deepEqual(ofUri('qemu+ssh://lab/system'), { program: 'ssh', options: [], target: 'lab' });
    assert.deepEqual(ofUri('qemu+ssh://me%40corp@lab:2222/system?keyfile=/k%20k&no_verify=1&command=/opt/ssh'), {
      program: '/opt/ssh',
      options: ['-l', 'me@corp', '-i', '/k k', '-o', 'StrictHostKeyChecking=no'],
      target: 'lab',
      port: 2222,
    });
    assert.equal(ofUri('xen+ssh://[fe80::1]/')?.target, 'fe80::1');
    assert.deepEqual(ofUri('qemu+ssh://lab/system?no_verify=0')?.options, []);
  });

  it('is none where libvirt speaks for itself, or there is no way', () => {
    for (const uri of ['qemu:///system', 'qemu+libssh2://lab/system', 'qemu+tls://lab/system', 'qemu+ssh:///system'])
      assert.equal(ofUri(uri), undefined, uri);
  });

  it('is named in the URI, once', () => {
    assert.equal(withSshProgram('qemu+ssh://lab/system', '/a b/ssh'), 'qemu+ssh://lab/system?command=/a%20b/ssh');
    assert.equal(
      withSshProgram('qemu+ssh://lab/system?command=/old&no_tty=1', '/new'),
      'qemu+ssh://lab/system?command=/new&no_tty=1',
    );
    assert.equal(
      withSshProgram('qemu+ssh://lab/system?no_tty=1', '/new'),
      'qemu+ssh://lab/system?no_tty=1&command=/new',
    );
  });
});

/** Connections as users write them, and the programs that they need. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { isPlayground, readConnection, readConnections } from '../../../virsh/src/index.ts';
import { findExecutable } from '../../../virsh/src/run/executable.ts';
import { withoutQuestions } from '../../../virsh/src/run/local.ts';
import { failed, value } from '../../support/bed/results.ts';
import { scratchDirectory } from '../../support/bed/scratch.ts';

describe('connections in the settings', () => {
  it('are URIs or ssh destinations', () => {
    assert.deepEqual(value(readConnection({ uri: 'qemu:///system' })), {
      kind: 'uri',
      name: 'qemu:///system',
      uri: 'qemu:///system',
    });
    assert.deepEqual(value(readConnection({ name: 'lab', uri: 'qemu+ssh://me@lab/system?keyfile=/k' })).name, 'lab');
    assert.deepEqual(value(readConnection({ ssh: 'me@lab' })), {
      kind: 'ssh',
      name: 'me@lab',
      target: 'me@lab',
      options: [],
      uri: 'qemu:///system',
    });
    assert.deepEqual(
      value(readConnection({ name: 'lab', ssh: 'lab', port: 2222, sshOptions: ['-i', '/k'], uri: 'qemu:///session' })),
      {
        kind: 'ssh',
        name: 'lab',
        target: 'lab',
        port: 2222,
        options: ['-i', '/k'],
        uri: 'qemu:///session',
      },
    );
  });

  it('carry the user’s marks; one that says nothing is left out', () => {
    const marks = { group: ' Berlin ', label: 'two sockets', readOnly: true, production: true };
    assert.deepEqual(value(readConnection({ uri: 'qemu:///system', name: 'a', ...marks })), {
      kind: 'uri',
      name: 'a',
      uri: 'qemu:///system',
      group: 'Berlin',
      label: 'two sockets',
      readOnly: true,
      production: true,
    });
    assert.deepEqual(
      Object.keys(
        value(readConnection({ ssh: 'a', group: ' ', label: '', readOnly: false, production: false })),
      ).sort(),
      ['kind', 'name', 'options', 'target', 'uri'],
    );
  });

  const refused: readonly (readonly [unknown, RegExp])[] = [
    [null, /object/],
    ['qemu:///system', /object/],
    [{}, /needs a "name"/],
    [{ name: 'x' }, /"uri" or "ssh" is missing/],
    [{ name: '', uri: 'qemu:///system' }, /needs a "name"/],
    [{ uri: 'system' }, /libvirt URI/],
    [{ name: 'x', uri: 'qemu:///system --readonly' }, /libvirt URI/],
    [{ name: 'x', uri: '--readonly' }, /libvirt URI/],
    [{ name: 'x', ssh: '-oProxyCommand=evil' }, /"ssh" must be/],
    [{ name: 'x', ssh: 'a b' }, /"ssh" must be/],
    [{ ssh: 'lab', port: 0 }, /"port"/],
    [{ ssh: 'lab', port: '22' }, /"port"/],
    [{ ssh: 'lab', sshOptions: '-v' }, /"sshOptions"/],
    [{ ssh: 'lab', sshOptions: [1] }, /"sshOptions"/],
    [{ uri: 'qemu:///system', port: 22 }, /belong to "ssh"/],
    [{ uri: 'qemu:///system', group: 7 }, /"group" must be a text/],
    [{ uri: 'qemu:///system', readOnly: 'yes' }, /"readOnly" must be true or false/],
    [{ uri: 'qemu:///system', url: 'x' }, /"url" is not a property/],
  ];
  for (const [setting, message] of refused) {
    it(`refuses ${JSON.stringify(setting)}`, () => assert.match(failed<string>(readConnection(setting)), message));
  }

  it('are read as a list that leaves out what is wrong', () => {
    const { connections, problems } = readConnections([{ uri: 'qemu:///system' }, {}, { uri: 'qemu:///system' }]);
    assert.equal(connections.length, 1);
    assert.deepEqual(
      problems.map(({ index }) => index),
      [1, 2],
    );
    assert.equal(readConnections('x').problems.length, 1);
  });

  it('never let ssh ask below virsh', () => {
    assert.equal(withoutQuestions('qemu+ssh://lab/system'), 'qemu+ssh://lab/system?no_tty=1');
    assert.equal(withoutQuestions('qemu+ssh://lab/system?socket=/s'), 'qemu+ssh://lab/system?socket=/s&no_tty=1');
    for (const uri of ['qemu+ssh://lab/system?no_tty=0', 'qemu:///system', 'qemu+libssh://lab/system'])
      assert.equal(withoutQuestions(uri), uri);
  });

  it('know a playground', () => {
    assert.deepEqual(['qemu:///embed?root=/x', 'test:///default', 'qemu:///system'].map(isPlayground), [
      true,
      true,
      false,
    ]);
  });
});

describe('finding a program', { skip: process.platform === 'win32' && 'uses POSIX paths' }, () => {
  const { directory } = scratchDirectory();
  const program = (folder: string, name: string, mode = 0o755): string => {
    mkdirSync(path.join(directory, folder), { recursive: true });
    const file = path.join(directory, folder, name);
    writeFileSync(file, '#!/bin/sh\n');
    chmodSync(file, mode);
    return file;
  };
  const first = program('first', 'virsh', 0o644);
  const second = program('second', 'virsh');
  program('second', 'virsh.exe');
  const find = (name: string, PATH: string) => findExecutable(name, { platform: 'linux', environment: { PATH } });

  it('takes the first that can be run', () => {
    assert.equal(value(find('virsh', `${directory}/none:${path.dirname(first)}:${path.dirname(second)}`)), second);
    assert.equal(value(find(second, '')), second);
  });

  it('never looks into the current directory', () => {
    for (const PATH of ['', ':', '.', 'second', './second'])
      assert.match(failed<string>(find('virsh', PATH)), /not on the PATH/);
    for (const name of ['./virsh', 'bin/virsh', '..', ''])
      assert.match(failed<string>(find(name, path.dirname(second))), /plain program name|not on the PATH/);
    assert.match(failed<string>(find(first, '')), /There is no program/);
  });

  it('looks for .exe and never for .bat on Windows', () => {
    const environment = { Path: 'relative;C:\\tools' };
    assert.match(failed<string>(findExecutable('virsh', { platform: 'win32', environment })), /not on the PATH/);
    assert.match(
      failed<string>(findExecutable('tools\\virsh', { platform: 'win32', environment })),
      /plain program name/,
    );
  });
});

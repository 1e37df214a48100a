/** The parsers on what virsh really printed. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UnexpectedOutput } from '../../../virsh/src/command.ts';
import { parseDomain } from '../../../virsh/src/index.ts';
import { parseIdentities, parseStates } from '../../../virsh/src/output/domainList.ts';
import { parseBlockList, parseStateReason } from '../../../virsh/src/output/domainText.ts';
import { parsePool, parseVolume } from '../../../virsh/src/output/storageXml.ts';
import { parsePairs } from '../../../virsh/src/output/text.ts';
import { parseVersion } from '../../../virsh/src/output/version.ts';
import { parseVolumes } from '../../../virsh/src/output/volumeList.ts';
import { recording } from './recording.ts';

describe('what virsh prints', () => {
  it('list --all --uuid --name', () => {
    assert.deepEqual(parseIdentities(recording('list.txt')), [
      { uuid: '11111111-2222-4333-8444-555555555555', name: 'two  words' },
      { uuid: '4dea22b3-1d52-d8f3-2516-782e98ab3fa0', name: 'web' },
    ]);
    const blanks = '4dea22b3-1d52-d8f3-2516-782e98ab3fa0   both ends  \n';
    assert.equal(parseIdentities(blanks)[0]?.name, '  both ends  ');
    assert.deepEqual(parseIdentities('\n'), []);
    assert.throws(() => parseIdentities('Welcome to lab!\n'), UnexpectedOutput);
  });

  it('domstats --state', () => {
    assert.deepEqual([...parseStates(recording('domstats.txt'))].sort(), [
      ['two  words', 'running'],
      ['web', 'shut-off'],
    ]);
    assert.equal(parseStates("Domain: 'it's'\n  state.state=99\n").get("it's"), 'unknown');
  });

  it('domstate --reason', () => {
    assert.deepEqual(parseStateReason(recording('domstate.txt')), { state: 'shut off', reason: 'unknown' });
    assert.throws(() => parseStateReason('running'), UnexpectedOutput);
  });

  it('dominfo', () => {
    const info = parsePairs(recording('dominfo.txt'));
    assert.deepEqual([info.get('Name'), info.get('State'), info.get('Persistent')], ['web', 'shut off', 'yes']);
  });

  it('domblklist --details', () => {
    assert.deepEqual(parseBlockList(recording('domblklist.txt')), [
      { type: 'file', device: 'disk', target: 'vda', source: '/srv/images/web.qcow2' },
      { type: 'volume', device: 'disk', target: 'vdb', source: 'data.qcow2' },
      { type: 'file', device: 'cdrom', target: 'hda', source: '/srv/images/cd.iso' },
      { type: 'file', device: 'cdrom', target: 'hdb', source: undefined },
    ]);
  });

  it('dumpxml', () => {
    const web = parseDomain(recording('web.xml'));
    assert.deepEqual(
      [web.name, web.uuid, web.title],
      ['web', '4dea22b3-1d52-d8f3-2516-782e98ab3fa0', 'The web & more'],
    );
    assert.equal(web.nvram, '/srv/images/web_VARS.fd');
    assert.deepEqual(
      web.disks.map(({ target, source, readOnly }) => [target, source, readOnly]),
      [
        ['vda', '/srv/images/web.qcow2', false],
        ['vdb', 'images/data.qcow2', false],
        ['hda', '/srv/images/cd.iso', true],
        ['hdb', undefined, true],
      ],
    );
    assert.deepEqual(web.interfaces, [
      { type: 'user', mac: '52:54:00:11:22:33', source: undefined },
      { type: 'network', mac: '52:54:00:11:22:34', source: 'lab' },
    ]);
    assert.equal(parseDomain(recording('running.xml')).name, 'two  words');
  });

  it('dumpxml of names with references, and of names that look like numbers', () => {
    const named = (name: string) => parseDomain(`<domain><name>${name}</name><uuid>x</uuid></domain>`).name;
    assert.equal(named('&lt;a &amp;&amp; b&gt; &#x263a;&#233;'), '<a && b> ☺é');
    assert.equal(named('007'), '007');
    assert.equal(named(' x '), ' x ');
    assert.throws(() => parseDomain('Welcome'), UnexpectedOutput);
    assert.throws(() => parseDomain('<domain><name>broken'), UnexpectedOutput);
    assert.throws(() => parseDomain('<pool/>'), UnexpectedOutput);
  });

  it('pool-dumpxml, vol-dumpxml, vol-list', () => {
    const pool = parsePool(recording('pool.xml'));
    assert.deepEqual([pool.name, pool.type, pool.path], ['images', 'dir', '/srv/images']);
    assert.ok((pool.available ?? 0) > 0);
    const { name, type, path, format, capacity, backingPath } = parseVolume(recording('volume.xml'));
    assert.deepEqual(
      [name, type, path, format, capacity, backingPath],
      ['over lay.qcow2', 'file', '/srv/images/over lay.qcow2', 'qcow2', 1048576, '/srv/images/web.qcow2'],
    );
    const names = (output: string): readonly string[] => parseVolumes(output).map((volume) => volume.name);
    assert.deepEqual(names(recording('vol-list.txt')), [
      'cd.iso',
      'code.fd',
      'data.qcow2',
      'over lay.qcow2',
      'two.qcow2',
      'web.qcow2',
      'web_VARS.fd',
    ]);
    const odd = ' a b   c.qcow2         /srv/x   y/a b   c.qcow2\n -x                    /srv/x   y/-x\n';
    assert.deepEqual(parseVolumes(odd), [
      { name: 'a b   c.qcow2', path: '/srv/x   y/a b   c.qcow2' },
      { name: '-x', path: '/srv/x   y/-x' },
    ]);
    assert.deepEqual(parseVolumes(' disk   pool-on-network/disk.x\n'), [
      { name: 'disk', path: 'pool-on-network/disk.x' },
    ]);
  });

  it('version', () => {
    assert.deepEqual(parseVersion(recording('version.txt')), {
      library: '9.0.0',
      hypervisor: 'QEMU',
      hypervisorVersion: '7.2.22',
    });
  });
});

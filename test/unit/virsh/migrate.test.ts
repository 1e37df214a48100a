/** What is given to virsh for a migration, the way to the target, and how far it is. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { jobInfo, type MigrateOptions, migrate } from '../../../virsh/src/commands/migration.ts';
import { type Connection, destinationOf } from '../../../virsh/src/index.ts';

/** Of a guest that changes its memory, at one MiB a second. */
const printed = `Job type:         Unbounded   
Operation:        Outgoing migration
Time elapsed:     1485         ms
Data processed:   104.332 KiB
Data remaining:   16.355 MiB
Data total:       16.508 MiB
Memory processed: 104.332 KiB
Dirty rate:       26           pages/s
Page size:        4096         bytes
Iteration:        1           
Expected downtime: 300          ms
`;

describe('the command of a migration', () => {
  const options: MigrateOptions = {
    destination: 'qemu+ssh://b/system',
    way: 'direct',
    isActive: true,
    isPersistent: true,
    isUndefinedAtSource: true,
  };
  const args = (changes: Partial<MigrateOptions>) => migrate('ID', { ...options, ...changes }).args.join(' ');
  const head = 'migrate --domain=ID --desturi=qemu+ssh://b/system';

  it('keeps a VM running, or takes the definition of one that is off', () => {
    assert.equal(args({}), `${head} --live --abort-on-error --persistent --undefinesource`);
    assert.equal(
      args({ isActive: false, isUndefinedAtSource: false, copiedDisks: ['vda'], bandwidth: 1 }),
      `${head} --offline --persistent`,
    );
    assert.equal(
      args({ copiedDisks: ['vda', 'sdb'], dataUri: 'tcp://10.0.0.7', bandwidth: 100, isThrottled: true, way: 'peer' }),
      `${head} --live --abort-on-error --copy-storage-all --migrate-disks=vda,sdb --migrateuri=tcp://10.0.0.7 --bandwidth=100 --auto-converge --persistent --undefinesource --p2p`,
    );
    assert.match(args({ way: 'tunnel' }), / --p2p --tunnelled$/);
    assert.equal(migrate('ID', options).lane, 'transfer');
  });
});

describe('domjobinfo', () => {
  it('is read in bytes', () => {
    assert.deepEqual(jobInfo('ID').parse(printed), {
      operation: 'Outgoing migration',
      processed: 106_836,
      remaining: 17_149_460,
      total: 17_309_893,
      dirtyRate: 106_496,
      downtime: 300,
    });
    assert.equal(jobInfo('ID').parse('Job type:         None        \n\n'), undefined);
  });
});

describe('the way from the source to the target', () => {
  const uri = (uri: string): Connection => ({ kind: 'uri', name: uri, uri });
  const ssh = (target: string, port?: number): Connection => ({
    kind: 'ssh',
    name: target,
    target,
    ...(port ? { port } : {}),
    options: [],
    uri: 'qemu:///system',
  });

  it('is the one that is known here where it is used here', () => {
    const far = uri('qemu+tls://b/system');
    assert.deepEqual(destinationOf(uri('qemu+tls://a/system'), far, 'direct'), { uri: far.name, isCertain: true });
    assert.deepEqual(destinationOf(uri('qemu:///system'), far, 'peer'), { uri: far.name, isCertain: true });
    assert.deepEqual(destinationOf(uri('qemu+tls://a/system'), far, 'peer'), { uri: far.name, isCertain: false });
    assert.equal(
      destinationOf(uri('qemu:///system'), uri('qemu+ssh://b/system'), 'direct').uri,
      'qemu+ssh://b/system?no_tty=1',
    );
  });

  it('is a guess where another machine goes it', () => {
    assert.deepEqual(destinationOf(ssh('me@a'), ssh('root@b', 2222), 'direct'), {
      uri: 'qemu+ssh://root@b:2222/system?no_tty=1',
      isCertain: false,
    });
    assert.deepEqual(destinationOf(ssh('me@a'), uri('qemu:///system'), 'direct'), { uri: '', isCertain: false });
  });
});

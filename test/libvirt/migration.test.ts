/** What stands in the way of a VM from one libvirtd to another, found before anything is tried. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { applyEdits } from '../../server/src/finding.ts';
import { createDirectoryPool } from '../../virsh/src/commands/storage.ts';
import {
  baselineQuery,
  checkMigration,
  domain,
  editCpu,
  type Host,
  listDomains,
  openHost,
  readBaseline,
  readMigrationFacts,
} from '../../virsh/src/index.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { failed, value } from '../support/bed/results.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';

describe('the migration check', { skip: requirements(...daemonPrograms) }, () => {
  let beds: readonly LibvirtDaemon[] = [];
  let source: Host;
  let target: Host;
  let image: string;
  before(async () => {
    const [one, two] = await Promise.all([LibvirtDaemon.start(), LibvirtDaemon.start()]);
    beds = [one, two];
    source = openHost({ kind: 'uri', name: 'one', uri: one.uri });
    target = openHost({ kind: 'uri', name: 'two', uri: two.uri });
    image = one.makeImage('web.qcow2');
    value(await source.run(createDirectoryPool('images', one.images)));
    const head = `<cputune><vcpupin vcpu='0' cpuset='4090'/></cputune>
  <cpu mode='custom' match='exact'><model fallback='forbid'>qemu64</model><feature policy='require' name='avx512f'/></cpu>`;
    const devices = "<interface type='bridge'><mac address='52:54:00:00:00:01'/><source bridge='br-lab'/></interface>";
    value(await source.run(domain.define(tinyDomain({ name: 'bound', disk: image, head, devices }))));
    value(await source.run(domain.define(tinyDomain({ name: 'web', disk: image }))));
  });
  after(async () => {
    for (const host of [source, target]) host?.close();
    await Promise.all(beds.map((bed) => bed.stop()));
  });

  const check = async (name: string, to = target) => {
    const entry = value(await listDomains(source)).find((one) => one.name === name);
    assert.ok(entry);
    return checkMigration(value(await readMigrationFacts(source, entry, to)));
  };
  const weights = (findings: Awaited<ReturnType<typeof check>>) =>
    Object.fromEntries(findings.map(({ subject, weight }) => [subject, weight]));

  it('finds what the target lacks for a VM that is off', async () => {
    const findings = await check('bound');
    const found = weights(findings);
    assert.equal(found.pinning, 'blocks');
    assert.equal(found.CPU, 'blocks');
    assert.match(findings.find(({ subject }) => subject === 'CPU')?.message ?? '', /avx512f/);
    assert.equal(found['disk vda'], 'blocks');
    assert.notEqual(found['interface 52:54:00:00:00:01'], 'fine');
    assert.equal(found['machine type'], 'fine');
    assert.equal(found['name and UUID'], 'fine');
    assert.equal(found.target, undefined, 'two hosts');
  });

  it('looks at a VM that runs as it runs, and says what a migration is refused for', async () => {
    value(await source.run(domain.start('web')));
    const found = weights(await check('web'));
    assert.deepEqual(
      [found['disk vda'], found.state, found.CPU, found['machine type']],
      ['blocks', undefined, 'fine', 'fine'],
    );
    const migrate = {
      ...domain.start('web'),
      args: ['migrate', '--live', '--domain=web', `--desturi=${beds[1]?.uri}`],
    };
    assert.match(failed(await source.run(migrate)).stderr, /without shared storage|shared storage|unsafe/i);
  });

  it('finds a name that is taken, and the host itself', async () => {
    assert.equal(weights(await check('web', source)).target, 'blocks');
    value(await target.run(domain.define(tinyDomain({ name: 'web', disk: image }))));
    assert.equal(weights(await check('web'))['name and UUID'], 'blocks');
  });

  it('makes a CPU that both hosts give a guest', async () => {
    const xml = tinyDomain({
      name: 'baseline',
      disk: beds[0]?.makeImage('baseline.qcow2') ?? '',
      head: "<cpu mode='host-model'/>",
    });
    const baseline = value(await readBaseline([source, target], baselineQuery(xml)));
    const text = applyEdits(xml, editCpu(xml, baseline)?.edits ?? []);
    assert.match(text, /<cpu mode='custom' match='exact'>\s*<model fallback='forbid'>/);
    value(await source.run(domain.define(text)));
    assert.equal(weights(await check('baseline')).CPU, 'fine');
    value(await source.run(domain.start('baseline')));
    const none = failed(await readBaseline([source, target], { arch: 'riscv64' }));
    assert.match(none.message, /^one: .*riscv64/);
  });
});

/** Defining on a real libvirtd: new, replaced, refused, with hostile names, at the same time as others. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import {
  changesBetween,
  createRunner,
  domain,
  lifecycle,
  listDomains,
  mergeDefinitions,
  parseDomain,
  planDefine,
  type Runner,
  runDefine,
  withUuid,
} from '../../virsh/src/index.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { failed, value } from '../support/bed/results.ts';
import { scratchDirectory } from '../support/bed/scratch.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';

describe('define on a private libvirtd', { skip: requirements(...daemonPrograms) }, () => {
  let bed: LibvirtDaemon;
  let runner: Runner;
  let disk: string;
  const temporary = scratchDirectory();
  before(async () => {
    bed = await LibvirtDaemon.start();
    runner = createRunner({ kind: 'uri', name: 'bed', uri: bed.uri });
    disk = bed.makeImage('define.qcow2');
    // Documents for virsh go to a place of their own, where no other test puts any.
    process.env.TMPDIR = temporary.directory;
  });
  after(() => {
    temporary.remove();
    return bed.stop();
  });

  const names = async (): Promise<readonly string[]> => value(await listDomains(runner)).map(({ name }) => name);
  const defineNew = async (xml: string) => value(await runDefine(runner, xml, value(await planDefine(runner, xml))));

  it('makes a new domain and says what libvirt made of it', async () => {
    const xml = tinyDomain({ name: 'new', disk });
    const plan = value(await planDefine(runner, xml));
    assert.deepEqual(plan, { action: 'create', name: 'new' });
    const { storedXml, differences, previousXml } = value(await runDefine(runner, xml, plan));
    assert.equal(parseDomain(storedXml).name, 'new');
    assert.equal(previousXml, undefined);
    assert.deepEqual(
      differences.filter(({ usual }) => !usual),
      [],
    );
    const machine = differences.find(({ path }) => path === 'domain/os/type@machine');
    assert.equal(xml.slice(machine?.start, machine?.end), 'pc');
  });

  it('marks what libvirt dropped at its place', async () => {
    const xml = tinyDomain({
      name: 'dropped',
      disk,
      head: "\n  <metadata><note xmlns='urn:x'>kept</note></metadata><!-- gone -->\n  <vcpu>3</vcpu>",
    });
    const { differences } = value(
      await runDefine(runner, xml, value(await planDefine(runner, xml)), { validate: false }),
    );
    const dropped = differences.filter(({ kind }) => kind === 'dropped');
    assert.deepEqual(dropped.map(({ start, end }) => xml.slice(start, end)).sort(), ['<!-- gone -->', 'vcpu']);
  });

  it('replaces a domain, hands back the old definition with its password, and notices a change by others', async () => {
    const graphics = "\n    <graphics type='vnc' port='-1' autoport='yes' passwd='secret7'/>";
    const { uuid } = await defineNew(tinyDomain({ name: 'replaced', disk, devices: graphics }));
    const withoutUuid = tinyDomain({ name: 'replaced', disk });
    const conflict = value(await planDefine(runner, withoutUuid));
    assert.equal(conflict.action, 'conflict');
    assert.equal(failed(await runDefine(runner, withoutUuid, conflict)).kind, 'exists');
    assert.equal(failed(await runner.run(domain.define(withoutUuid))).kind, 'exists');

    const xml = withUuid(withoutUuid, uuid);
    const plan = value(await planDefine(runner, xml));
    assert.equal(plan.action, 'replace');
    value(
      await runner.run(
        domain.define(
          withUuid(tinyDomain({ name: 'replaced', disk, head: '<title>by another</title>', devices: graphics }), uuid),
        ),
      ),
    );
    assert.equal(failed(await runDefine(runner, xml, plan)).kind, 'changed-meanwhile');
    assert.match(value(await runner.run(domain.dumpXml(uuid))), /by another/);

    const { previousXml } = value(await runDefine(runner, xml, value(await planDefine(runner, xml))));
    assert.match(previousXml ?? '', /secret7/);
    assert.doesNotMatch(value(await runner.run(domain.dumpXml(uuid, { secrets: true }))), /secret7/);
  });

  it('knows of saved memory, from which the next start goes on without the new definition', async () => {
    const { uuid } = await defineNew(tinyDomain({ name: 'saved', disk }));
    const xml = withUuid(tinyDomain({ name: 'saved', disk, head: '<title>new</title>' }), uuid);
    const hasManagedSave = async () => {
      const plan = value(await planDefine(runner, xml));
      return plan.action === 'replace' && plan.hasManagedSave;
    };
    value(await runner.run(domain.start(uuid)));
    assert.equal(await hasManagedSave(), false);
    value(await runner.run(lifecycle.managedSave(uuid)));
    assert.equal(await hasManagedSave(), true);
    value(await runDefine(runner, xml, value(await planDefine(runner, xml))));
    assert.equal(await hasManagedSave(), true);
    value(await runner.run(domain.start(uuid)));
    assert.doesNotMatch(value(await runner.run(domain.dumpXml(uuid))), /<title>new/);
    assert.equal(await hasManagedSave(), false);
    value(await runner.run(domain.destroy(uuid)));
    value(await runner.run(domain.start(uuid)));
    assert.match(value(await runner.run(domain.dumpXml(uuid))), /<title>new/);
    value(await runner.run(domain.destroy(uuid)));
  });

  it('brings two edits of one VM together, and goes back to what was', async () => {
    const { uuid, storedXml: base } = await defineNew(tinyDomain({ name: 'shared', disk }));
    const second = bed.makeImage('second.qcow2');
    const theirs = base
      .replace('<memory', '<title>by another</title>\n  <memory')
      .replace(
        '</devices>',
        `<disk type='file'><driver type='qcow2'/><source file='${second}'/><target dev='sda' bus='scsi'/></disk></devices>`,
      );
    value(await runner.run(domain.define(theirs)));
    const now = value(await runner.run(domain.dumpXml(uuid, { inactive: true, secrets: true })));
    const ours = base
      .replace('</devices>', "  <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>\n  </devices>")
      .replace("<vcpu placement='static'>1", "<vcpu placement='static'>2");
    const merged = mergeDefinitions(base, now, ours, { ours: 'yours', theirs: 'on bed' });
    assert.equal(merged.conflicts, 0, merged.text);
    const { storedXml, previousXml, differences } = await defineNew(merged.text);
    assert.match(
      storedXml,
      /<title>by another<[\s\S]*>2<\/vcpu>[\s\S]*dev='sda'[\s\S]*type='scsi'[\s\S]*<rng model='virtio'>/,
    );
    assert.deepEqual(
      differences.filter(({ usual }) => !usual),
      [],
    );
    assert.deepEqual(
      changesBetween(base, storedXml)
        .map(({ message }) => message)
        .sort(),
      [
        'Controller scsi 0 (scsi) is added.',
        `Disk sda (${second}) is added.`,
        'Random number generator is added.',
        'Title (by another) is added.',
        'vCPUs changes from 1 to 2.',
      ],
    );
    const back = await defineNew(previousXml ?? '');
    assert.equal(back.storedXml, now);
  });

  it('refuses a UUID that belongs to another domain', async () => {
    const { uuid } = await defineNew(tinyDomain({ name: 'owner', disk }));
    const xml = tinyDomain({ name: 'thief', uuid, disk });
    const plan = value(await planDefine(runner, xml));
    assert.equal(plan.action === 'conflict' && plan.by, 'uuid');
    assert.match(failed(await runner.run(domain.define(xml))).message, /belongs to the VM owner/);
  });

  it('says in a sentence why libvirt refuses', async () => {
    const sane = tinyDomain({ name: 'refused', disk });
    const refusal = async (xml: string) => {
      const { kind, message, stderr } = failed(await runner.run(domain.define(xml)));
      return { kind, message, stderr };
    };
    assert.equal((await refusal(sane.replace('<vcpu>1', '<bogus/><vcpu>1'))).kind, 'schema');
    const broken = await refusal(sane.replace('</name>', '</nme>'));
    assert.equal(broken.kind, 'not-well-formed');
    assert.match(broken.message, /^Line 2 /);
    assert.equal((await refusal('')).kind, 'not-well-formed');
    assert.equal((await names()).includes('refused'), false);
  });

  const hostileNames = [
    '; rm -rf ~',
    `it's "quoted" \`id\` $(id)`,
    '-rf',
    '--all',
    ' blanks  around ',
    '12',
    'ünï ☃ 🐧',
    '&<>',
    '%s%n',
    '*',
    randomUUID(),
  ];
  for (const name of hostileNames) {
    it(`passes the name ${JSON.stringify(name)} on intact`, async () => {
      const { uuid, storedXml } = await defineNew(tinyDomain({ name, disk }));
      assert.equal(parseDomain(storedXml).name, name);
      assert.ok((await names()).includes(name));
      // A name that looks like a UUID or an id is not looked for as a name first, and finds the domain nevertheless.
      assert.equal(value(await runner.run(domain.uuidOf(name))), uuid);
      value(await runner.run(domain.undefine(uuid)));
    });
  }

  it('passes names on intact that libvirt refuses: line breaks and slashes', async () => {
    for (const name of ['two\nlines', '; rm -rf /']) {
      const { kind, stderr } = failed(await runner.run(domain.define(tinyDomain({ name, disk }), { validate: false })));
      assert.equal(kind, 'refused');
      assert.match(stderr, /invalid char in name: \n|name ; rm -rf \/ cannot contain '\/'/);
      const missing = failed(await runner.run(domain.start(name)));
      assert.equal(missing.kind, 'not-found');
      assert.equal(missing.stderr, `error: failed to get domain '${name}'\n`);
    }
  });

  it('defines many at the same time', async () => {
    const made = Array.from({ length: 8 }, (_, index) => `many-${index}`);
    const results = await Promise.all(made.map((name) => runner.run(domain.define(tinyDomain({ name, disk })))));
    for (const result of results) value(result);
    const present = await names();
    assert.deepEqual(
      made.filter((name) => !present.includes(name)),
      [],
    );
  });

  it('leaves no document behind', () => assert.deepEqual(readdirSync(temporary.directory), []));
});

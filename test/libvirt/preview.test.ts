/** The preview against a real libvirt: a definition and what libvirt made of it are the same VM, and what is lost is told. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  changesBetween,
  compareDefinition,
  createRunner,
  domain,
  pendingChanges,
  previewDefinition,
  type Runner,
  withUuid,
} from '../../virsh/src/index.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { value } from '../support/bed/results.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';
import { Random } from '../support/random.ts';
import { composedDomain } from './support/composedDomains.ts';
import { crashesDefine, emulated, withName } from './support/documents.ts';
import { argumentLists, imageNames, virtInstall, virtInstallMissing } from './support/virtInstall.ts';

interface Defined {
  readonly sent: string;
  readonly stored: string;
}

describe('the preview of a definition, on a private libvirtd', { skip: requirements(...daemonPrograms) }, () => {
  let bed: LibvirtDaemon;
  let runner: Runner;
  before(async () => {
    bed = await LibvirtDaemon.start();
    runner = createRunner({ kind: 'uri', name: 'bed', uri: bed.uri });
  });
  after(() => bed.stop());

  it('finds no change in domains composed at random', async (context) => {
    const random = new Random(17);
    const found = await defineAll(Array.from({ length: 80 }, () => composedDomain(random)));
    assert.ok(found.length >= 30, `${found.length} were defined`);
    context.diagnostic(expectNoChange(found));
  });

  it('finds no change in domains of virt-install', { skip: virtInstallMissing }, async (context) => {
    for (const name of imageNames) writeFileSync(path.join(bed.images, name), '');
    const made = await virtInstall(bed.uri, argumentLists(new Random(23), 25, bed.images));
    const found = await defineAll(made.flatMap((text) => (text === null ? [] : emulated(text))));
    assert.ok(found.length >= 10, `${found.length} were defined`);
    context.diagnostic(expectNoChange(found));
  });

  it('finds a change where libvirt would make something else of the new text, and nowhere else', async () => {
    const numa = (memory: number, current: number) => `<memory unit='MiB'>${memory}</memory>
      <currentMemory unit='MiB'>${current}</currentMemory><vcpu>2</vcpu>
      <os><type machine='q35'>hvm</type></os>
      <cpu><numa><cell id='0' cpus='0-1' memory='64' unit='MiB'/></numa></cpu>`;
    const consoles = (devices: string) => `<memory unit='MiB'>64</memory><os><type>hvm</type></os>
      <devices><serial type='pty'/>${devices}</devices>`;
    const virtio = "<console type='pty'><target type='virtio'/></console>";
    const firmware = (nvram: string) => `<memory unit='MiB'>64</memory><features><acpi/></features>
      <os><type machine='q35'>hvm</type><loader readonly='yes' type='pflash'>/code.fd</loader>${nvram}</os>`;
    const head = (genid: string) => `${genid}<memory unit='MiB'>64</memory><os><type>hvm</type></os>`;
    const own = '<nvram>/srv/own_VARS.fd</nvram>';
    const edits: readonly (readonly [before: string, now: string])[] = [
      [numa(64, 64), numa(128, 128)],
      [numa(64, 64), numa(64, 32)],
      [numa(64, 32), numa(16, 32)],
      [consoles(''), consoles(virtio)],
      [consoles(virtio), consoles('')],
      [firmware(own), firmware('')],
      [firmware(''), firmware('<nvram/>')],
      [firmware(''), firmware('')],
      [head('<genid/>'), head('')],
    ];
    const store = async (content: string): Promise<string> => {
      const uuid = '0c0c0c0c-0000-4000-8000-000000000001';
      const sent = `<domain type='qemu'><name>edited</name><uuid>${uuid}</uuid>${content}</domain>`;
      value(await runner.run(domain.define(sent)));
      return value(await runner.run(domain.dumpXml(uuid, { inactive: true })));
    };
    for (const [before, now] of edits) {
      const [stored, next] = [await store(before), await store(now)];
      const sent = next.replace(/^(<domain[^>]*>)[\s\S]*$/, `$1<name>edited</name>${now}</domain>`);
      const [expected, found] = [changesBetween(stored, next), changesBetween(stored, sent)];
      assert.equal(found.length > 0, expected.length > 0, `${now}\n${stored}\n${next}`);
    }
    value(await runner.run(domain.undefine('edited', { nvram: 'keep' })));
  });

  it('tells of a running guest only what waits for its next start', async () => {
    const xml = tinyDomain({
      name: 'pending',
      disk: bed.makeImage('pending.qcow2'),
      head: "<cpu mode='custom' match='exact'><model fallback='allow'>qemu64</model></cpu>",
      devices: `
        <interface type='user'><mac address='52:54:00:00:00:01'/><model type='virtio'/></interface>
        <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
        <graphics type='vnc' port='-1' autoport='yes'/><video><model type='vga'/></video>`,
    });
    value(await runner.run(domain.define(xml)));
    value(await runner.run(domain.start('pending')));
    const pending = async () => {
      const definition = value(await runner.run(domain.dumpXml('pending', { inactive: true })));
      const live = value(await runner.run(domain.dumpXml('pending')));
      assert.notEqual(live, definition);
      return pendingChanges(live, definition).map(({ message }) => message);
    };
    assert.deepEqual(await pending(), []);
    const uuid = value(await runner.run(domain.uuidOf('pending')));
    value(await runner.run(domain.define(withUuid(xml.replace('<vcpu>1', '<vcpu>3'), uuid))));
    assert.deepEqual(await pending(), ['vCPUs changes from 1 to 3.']);
    const moved = xml.replace("port='-1' autoport='yes'", "port='5998' autoport='no' listen='0.0.0.0'");
    value(await runner.run(domain.define(withUuid(moved, uuid))));
    // Each daemon of the test-bed has ports of its own.
    const [, port] = /type='vnc' port='(\d+)'/.exec(value(await runner.run(domain.dumpXml('pending')))) ?? [];
    assert.deepEqual(await pending(), [
      `Display VNC: port changes from ${port} to 5998.`,
      'Display VNC: autoport changes from yes to no.',
      'Display VNC: listen changes from 127.0.0.1 to 0.0.0.0.',
      'Display VNC: <listen> address changes from 127.0.0.1 to 0.0.0.0.',
    ]);
    value(await runner.run(domain.destroy('pending')));
  });

  /** Defines each text; those that libvirt refuses are left out. */
  async function defineAll(texts: readonly string[]): Promise<readonly Defined[]> {
    const found: Defined[] = [];
    for (const [index, text] of texts.entries()) {
      if (crashesDefine(text)) continue;
      const name = `preview-${index}`;
      const sent = withName(text, name);
      if (!(await runner.run(domain.define(sent, { validate: false }))).ok) continue;
      found.push({ sent, stored: value(await runner.run(domain.dumpXml(name, { inactive: true, secrets: true }))) });
      value(await runner.run(domain.undefine(name, { nvram: 'keep' })));
    }
    return found;
  }
});

/** Fails for a change that nobody made. What libvirt dropped would be a change again, and is told as lost. */
function expectNoChange(found: readonly Defined[]): string {
  let kept = 0;
  for (const { sent, stored } of found) {
    assert.ok(previewDefinition(stored, stored).isSame);
    const lost = compareDefinition(sent, stored).filter(({ kind }) => kind === 'dropped');
    if (!lost.length) kept++;
    // An interface without a MAC gets another one each time: that is a change, and told.
    const known = new Set(['domain/devices/interface/mac', ...lost.map(({ path }) => path)]);
    const changes = changesBetween(stored, sent).filter(({ path }) => !known.has(path));
    assert.deepEqual(changes, [], `${JSON.stringify(changes, null, 1)}\n${sent}\n${stored}`);
  }
  return `${found.length} domains defined, ${kept} of them kept whole`;
}

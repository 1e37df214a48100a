/** What the preview says of an edited definition: which changes, in which words, and when they take effect. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyEdits } from '../../../server/src/finding.ts';
import { allCards } from '../../../server/src/knowledge/cards.ts';
import { setText, setValue } from '../../../server/src/xml/edits.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { childElements, descendants, textOf } from '../../../server/src/xml/query.ts';
import { changesBetween } from '../../../virsh/src/index.ts';
import { effectTable } from '../../../virsh/src/preview/effectTable.ts';
import { recording } from './recording.ts';

const stored = recording('web.xml');
const edit = (from: string | RegExp, to: string): string => {
  const text = stored.replace(from, to);
  assert.notEqual(text, stored, `${from} is in the recording`);
  return text;
};
const told = (from: string | RegExp, to: string) =>
  changesBetween(stored, edit(from, to)).map(({ message }) => message);

describe('changes of a definition', () => {
  it('are none where nothing is said that libvirt would not say itself', () => {
    assert.deepEqual(changesBetween(stored, stored), []);
    const without = (pattern: RegExp) => assert.deepEqual(told(pattern, ''), [], `${pattern}`);
    without(/ *<address type='pci'.*\n/g);
    without(/ *<controller type='pci'.*\n/);
    without(/ *<on_(poweroff|crash)>destroy.*\n/);
    without(/ *<emulator>.*\n/);
    without(/ *<memballoon[\s\S]*<\/memballoon>\n/);
    without(/ placement='static'/);
    without(/ *<currentMemory.*\n/);
    without(/\n\s*/g);
    assert.deepEqual(told(/pc-i440fx-7.2/, 'pc'), []);
    const bare = stored.replace(
      /<devices>[\s\S]*<\/devices>/,
      '<devices><emulator>/q</emulator><audio id="1" type="none"/></devices>',
    );
    assert.deepEqual(changesBetween(bare, bare.replace(/<devices>.*<\/devices>/, '')), []);
    assert.deepEqual(told(/<memory unit='KiB'>16384/, "<memory unit='MiB'>16"), []);
  });

  it('are none of what libvirt fills in, and are told of what it would not put there again', () => {
    const paths = (before: string, now: string) => changesBetween(before, now).map(({ path }) => path);
    const domain = (content: string) => `<domain type='kvm'><name>web</name>${content}</domain>`;
    const genid = domain('<genid>d53a9302-ffa4-4b72-8670-b5fe1d4b5dfb</genid>');
    assert.deepEqual(paths(genid, domain('<genid/>')), []);
    assert.deepEqual(paths(genid, domain('')), ['domain/genid']);

    const os = (nvram: string) => domain(`<os><loader type='pflash'>/code.fd</loader>${nvram}</os>`);
    for (const directory of ['/var/lib/libvirt/qemu/nvram', '/home/me/.config/libvirt/qemu/nvram']) {
      for (const ending of ['.fd', '.qcow2']) {
        const usual = os(`<nvram>${directory}/web_VARS${ending}</nvram>`);
        assert.deepEqual(paths(usual, os('')), []);
        assert.deepEqual(paths(usual, os('<nvram/>')), []);
      }
    }
    for (const own of ['/srv/images/web_VARS.fd', '/var/lib/libvirt/qemu/nvram/other_VARS.fd']) {
      assert.deepEqual(paths(os(`<nvram>${own}</nvram>`), os('')), ['domain/os/nvram']);
      assert.deepEqual(paths(os(`<nvram>${own}</nvram>`), os('<nvram/>')), ['domain/os/nvram']);
    }
    assert.deepEqual(paths(os("<nvram type='file'><source file='/srv/v.fd'/></nvram>"), os('')), ['domain/os/nvram']);

    const console = (type: string) => `<console type='pty'><target type='${type}' port='0'/></console>`;
    const devices = (consoles: string) => domain(`<devices><serial type='pty'/>${consoles}</devices>`);
    const both = devices(console('serial') + console('virtio'));
    assert.deepEqual(paths(both, devices(console('virtio'))), []);
    assert.deepEqual(paths(both, devices(console('serial'))), ['domain/devices/console']);
    assert.deepEqual(paths(both, devices('')), ['domain/devices/console']);
    const plain = "<console type='pty'/>";
    assert.deepEqual(paths(both, devices(plain + console('virtio'))), []);
    assert.deepEqual(paths(domain(`<devices>${console('virtio')}</devices>`), domain(`<devices>${plain}</devices>`)), [
      'domain/devices/console/target',
    ]);
  });

  it('are none of the sum of cells and modules, and are told of what the guest starts with', () => {
    const text = (memory: number, current: number, module = 1) => `<domain>
      <memory unit='GiB'>${memory}</memory><currentMemory unit='GiB'>${current}</currentMemory>
      <cpu><numa><cell id='0' memory='2' unit='GiB'/><cell id='1' memory='1048576'/></numa></cpu>
      <devices><memory model='dimm'><target><size unit='GiB'>${module}</size></target></memory></devices></domain>`;
    const paths = (now: string) => changesBetween(text(4, 4), now).map(({ path }) => path);
    assert.deepEqual(paths(text(3, 4)), [], 'libvirt adds up');
    assert.deepEqual(paths(text(8, 8)), [], 'libvirt gives no more than there is');
    assert.deepEqual(paths(text(4, 2)), ['domain/currentMemory']);
    assert.deepEqual(paths(text(5, 5, 2)), ['domain/currentMemory', 'domain/devices/memory/target/size']);
    const plain = (current: string) =>
      `<domain><memory unit='GiB'>4</memory><currentMemory unit='GiB'>${current}</currentMemory></domain>`;
    assert.deepEqual(changesBetween(plain('4'), plain('6')), []);
    assert.equal(changesBetween(plain('4'), plain('3')).length, 1);
  });

  it('are none where brothers change places', () => {
    const [disk] = /<disk type='file'[\s\S]*?<\/disk>/.exec(stored) ?? [];
    assert.ok(disk);
    assert.deepEqual(changesBetween(stored, stored.replace(disk, '').replace('</devices>', `${disk}</devices>`)), []);
  });

  it('are told of a port that is fixed, and not of one that libvirt chooses', () => {
    const display = (attributes: string) => `<domain><devices><graphics type='vnc' ${attributes}/></devices></domain>`;
    const [chosen, running] = [display("port='-1' autoport='yes'"), display("port='5900' autoport='yes'")];
    assert.deepEqual(changesBetween(running, chosen), []);
    assert.deepEqual(changesBetween(chosen, display("port='-1'")), []);
    const fixed = display("port='5901' autoport='no'");
    assert.deepEqual(
      changesBetween(running, fixed).map(({ path }) => path),
      ['domain/devices/graphics@port', 'domain/devices/graphics@autoport'],
    );
    assert.equal(changesBetween(fixed, display("port='5902' autoport='no'")).length, 1);
    assert.equal(changesBetween(fixed, display("port='-1' autoport='no'")).length, 1);
  });

  it('are told in sentences', () => {
    assert.deepEqual(told("type='qcow2' discard='unmap'", "type='qcow2' discard='ignore' cache='none'"), [
      'Disk vda: <driver> discard changes from unmap to ignore.',
      'Disk vda: <driver> cache becomes none.',
    ]);
    assert.deepEqual(told(/>16384</g, '>32768<'), [
      'Memory changes from 16384 KiB to 32768 KiB.',
      'Current memory changes from 16384 KiB to 32768 KiB.',
    ]);
    assert.deepEqual(told("'static'>1<", "'static'>4<"), ['vCPUs changes from 1 to 4.']);
    assert.deepEqual(told(/ *<interface type='network'[\s\S]*?<\/interface>\n/, ''), [
      'Network interface 52:54:00:11:22:34 (lab) is removed.',
    ]);
    assert.deepEqual(
      told('</devices>', "<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng></devices>"),
      ['Random number generator is added.'],
    );
    assert.deepEqual(told('<acpi/>', '<acpi/><apic/>'), ['<features>: <apic> is added.']);
    assert.deepEqual(told("<boot dev='hd'/>", "<boot dev='network'/><boot dev='hd'/>"), [
      '<os>: <boot> (network) is added.',
    ]);
  });

  it('tell the order where it means something', () => {
    const two = stored.replace("<boot dev='hd'/>", "<boot dev='network'/><boot dev='hd'/>");
    const swapped = stored.replace("<boot dev='hd'/>", "<boot dev='hd'/><boot dev='network'/>");
    assert.deepEqual(
      changesBetween(two, swapped).map(({ message }) => message),
      ['<os>: order of <boot> changes from dev=network, dev=hd to dev=hd, dev=network.'],
    );
  });

  it('never show a password', () => {
    const [change] = changesBetween(stored, edit('secret7', 'new-one'));
    assert.deepEqual(change?.message, 'Display VNC: passwd is set.');
    for (const text of [edit(" passwd='secret7'", ''), edit(/<graphics[\s\S]*<\/graphics>/, '')]) {
      assert.doesNotMatch(JSON.stringify(changesBetween(stored, text)), /secret7/);
    }
  });

  it('say when they take effect', () => {
    const effect = (from: string | RegExp, to: string) =>
      changesBetween(stored, edit(from, to)).map(({ effect, live }) => [effect, live]);
    assert.deepEqual(effect('The web', 'Our web'), [['description', undefined]]);
    assert.deepEqual(effect("discard='unmap'", "discard='ignore'"), [['cold-start', undefined]]);
    assert.deepEqual(effect("network='lab'", "network='prod'"), [['live', 'virsh update-device --live']]);
    assert.deepEqual(effect("dev='vda' bus='virtio'", "dev='vda' bus='sata'"), [['reinstall', undefined]]);
    const disk = (dev: string, bus: string) =>
      `<disk type='file'><source file='/x'/><target dev='${dev}' bus='${bus}'/></disk></devices>`;
    assert.deepEqual(effect('</devices>', disk('vdx', 'virtio')), [
      ['live', 'virsh attach-device or detach-device --live'],
    ]);
    assert.deepEqual(
      effect('</devices>', disk('sdx', 'sata')),
      [['cold-start', undefined]],
      'SATA takes no disk while it runs',
    );
    const share = (driver: string) =>
      `<filesystem type='mount'>${driver}<source dir='/a'/><target dir='a'/></filesystem></devices>`;
    assert.deepEqual(effect('</devices>', share("<driver type='virtiofs'/>")), [
      ['live', 'virsh attach-device or detach-device --live'],
    ]);
    assert.deepEqual(effect('</devices>', share('')), [['cold-start', undefined]], '9p takes no share while it runs');
    assert.deepEqual(effect("placement='static'>1<", "placement='static' cpuset='0-1'>1<"), [
      ['live', 'virsh vcpupin or emulatorpin --live'],
    ]);
    assert.deepEqual(effect("placement='static'>1<", "placement='auto'>1<"), [['cold-start', undefined]]);
    assert.deepEqual(effect(/file='\/srv\/images\/cd.iso'/, "file='/b.iso'"), [['live', 'virsh change-media --live']]);
    assert.deepEqual(effect(/file='\/srv\/images\/web.qcow2'/, "file='/b'"), [['cold-start', undefined]]);
  });

  it('are found wherever a value is changed', () => {
    const document = parseXml(stored);
    assert.ok(document.root);
    let changed = 0;
    for (const element of descendants(document.root)) {
      for (const at of element.attributes) {
        const text = applyEdits(stored, setValue(at, 'zz9', document));
        assert.notDeepEqual(changesBetween(stored, text), [], `${element.name}@${at.name}`);
        changed++;
      }
      if (childElements(element).length > 0 || textOf(element) === '') continue;
      assert.notDeepEqual(changesBetween(stored, applyEdits(stored, setText(element, 'zz9'))), [], element.name);
      changed++;
    }
    assert.ok(changed > 150, `${changed} values`);
  });

  it('stand at their places in the new text', () => {
    const text = edit("discard='unmap'", "discard='ignore'");
    const [change] = changesBetween(stored, text);
    assert.equal(text.slice(change?.start, change?.end), 'ignore');
  });
});

describe('the table of effects', () => {
  it('agrees with the cards on what a running guest can have', () => {
    for (const { path, effect } of allCards().values()) {
      if (!effect || !/^while the guest runs/.test(effect)) continue;
      const place = path.replace(/='[^']*'$/, '').replace('/@', '@');
      const entry = effectTable.find(
        ({ path }) => [place, place.split('@')[0]].includes(path) || place.startsWith(`${path}/`),
      );
      assert.equal(entry?.effect, 'live', `${path}: ${effect}`);
    }
  });
});

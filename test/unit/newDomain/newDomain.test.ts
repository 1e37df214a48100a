/** Every combination of answers gives a document that we ourselves have nothing to say against. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkText } from '../../../server/src/check.ts';
import {
  type Answers,
  type Disk,
  type Lack,
  type Network,
  PURPOSES,
  readAnswers,
} from '../../../server/src/newDomain/answers.ts';
import { makeCommand } from '../../../server/src/newDomain/disks.ts';
import { newDomain } from '../../../server/src/newDomain/newDomain.ts';

const disks: readonly Disk[] = [
  { kind: 'file', path: '/var/lib/libvirt/images/web.qcow2', format: 'qcow2', gibibytes: 20 },
  { kind: 'file', path: '/srv/web.raw', format: 'raw', gibibytes: 20 },
  { kind: 'volume', pool: 'default', volume: 'web.qcow2', format: 'qcow2', gibibytes: 20 },
  { kind: 'volume', pool: 'default', volume: 'web.img', format: 'raw', gibibytes: 20 },
  { kind: 'block', path: '/dev/vg0/web' },
];
const networks: readonly Network[] = [
  { kind: 'network', name: 'default' },
  { kind: 'bridge', name: 'br0' },
  { kind: 'user' },
  { kind: 'none' },
];
const base: Answers = {
  purpose: 'linux-server',
  name: 'web',
  mebibytes: 4096,
  vcpus: 2,
  disk: { kind: 'block', path: '/dev/vg0/web' },
  iso: undefined,
  network: { kind: 'user' },
  machine: 'q35',
  lacks: [],
};
const lacking: readonly (readonly Lack[])[] = [[], ['kvm', 'efi', 'secure-boot', 'tpm'], ['secure-boot']];

function* combinations(): Generator<Answers> {
  for (const purpose of PURPOSES)
    for (const disk of disks)
      for (const network of networks)
        for (const iso of [undefined, '/iso/install.iso'])
          for (const [mebibytes, vcpus] of [
            [512, 1],
            [4096, 4],
            [65537, 255],
          ] as const)
            for (const machine of ['q35', 'pc-q35-9.0'])
              for (const lacks of lacking)
                yield { ...base, purpose, disk, network, iso, mebibytes, vcpus, machine, lacks };
}

test('no combination of answers has an error or a warning', () => {
  let tried = 0;
  for (const answers of combinations()) {
    const text = newDomain(answers);
    const objections = checkText(text).filter(({ severity }) => severity === 'error' || severity === 'warning');
    assert.deepEqual(
      objections.map(({ rule, message }) => `${rule}: ${message}`),
      [],
      `${JSON.stringify(answers)}\n${text}`,
    );
    tried++;
  }
  assert.ok(tried >= 1000, String(tried));
});

describe('what stands in it', () => {
  const text = (answers: Partial<Answers>): string => newDomain({ ...base, ...answers });

  test('the command that makes the disk', () => {
    assert.match(
      text({ disk: { kind: 'volume', pool: 'default', volume: 'web.qcow2', format: 'qcow2', gibibytes: 20 } }),
      /virsh vol-create-as default web\.qcow2 20G 0 qcow2/,
    );
    assert.match(
      text({ disk: { kind: 'file', path: '/srv/web.raw', format: 'raw', gibibytes: 8 } }),
      /qemu-img create -f raw \/srv\/web\.raw 8G/,
    );
  });
  test('names that XML and shells would take apart', () => {
    const disk: Disk = { kind: 'file', path: "/srv/a & b's--<x>.raw", format: 'raw', gibibytes: 1 };
    assert.match(text({ name: 'R&D', disk }), /<name>R&amp;D<\/name>/);
    assert.match(text({ disk }), /file='\/srv\/a &amp; b&apos;s--&lt;x>\.raw'/);
    assert.deepEqual(
      checkText(text({ name: 'R&D', disk })).filter(({ rule }) => rule.startsWith('xml/')),
      [],
    );
    assert.equal(makeCommand(disk), "qemu-img create -f raw '/srv/a & b'\\''s--<x>.raw' 1G");
  });
  test('memory in the largest whole unit, in whole huge pages where they are used', () => {
    assert.match(text({ mebibytes: 4096 }), /<memory unit='GiB'>4<\/memory>/);
    assert.match(text({ mebibytes: 1536 }), /<memory unit='MiB'>1536<\/memory>/);
    assert.match(text({ purpose: 'database', mebibytes: 1537 }), /<memory unit='MiB'>1538<[\s\S]* 769 of 2 MiB/);
  });
  test('nothing that the host lacks', () => {
    const windows = text({ purpose: 'windows', lacks: ['kvm', 'efi', 'secure-boot', 'tpm'] });
    assert.match(windows, /^<domain type='qemu'>/);
    assert.match(windows, /no KVM[\s\S]*no UEFI firmware[\s\S]*mode='maximum'[\s\S]*No TPM/);
    assert.doesNotMatch(windows, /firmware='efi'|<hyperv|hypervclock|host-passthrough|<tpm/);
    const plain = text({ purpose: 'windows', lacks: ['secure-boot'] });
    assert.match(plain, /<os firmware='efi'>\n\s+<type/);
    assert.match(plain, /<hyperv[\s\S]*<tpm/);
  });
  test('a remark at each decision', () => {
    for (const purpose of PURPOSES) assert.ok((text({ purpose }).match(/<!--/g) ?? []).length >= 3, purpose);
  });
});

describe('answers from outside', () => {
  test('are read whole', () => assert.deepEqual(readAnswers(structuredClone({ ...base })), base));
  for (const wrong of [
    { purpose: 'mainframe' },
    { name: '' },
    { mebibytes: 1.5 },
    { vcpus: 0 },
    { vcpus: 256 },
    { disk: { kind: 'volume', pool: 'default' } },
    { disk: { kind: 'file', path: '/a', format: 'vmdk', gibibytes: 1 } },
    { network: { kind: 'bridge' } },
    { iso: 7 },
    { lacks: 'kvm' },
  ])
    test(`or not at all: ${JSON.stringify(wrong)}`, () => assert.equal(readAnswers({ ...base, ...wrong }), undefined));
});

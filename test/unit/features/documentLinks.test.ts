import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentLinks } from '../../../server/src/features/documentLinks.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';

test('links are absolute paths of files, in attributes and in text', () => {
  const text = `<domain>
    <os><kernel>/boot/vmlinuz</kernel><initrd> /boot/initrd </initrd><loader>OVMF.fd</loader><nvram template='/t.fd'>/v.fd</nvram></os>
    <devices><emulator>/usr/bin/qemu</emulator>
      <disk><source file='/a.qcow2'/><backingStore><source file='/b.qcow2'/></backingStore></disk>
      <disk><source dev='/dev/sda'/></disk><disk><source file='/dev/sdb'/></disk><disk><source file='|'/></disk>
      <constructor toString='/x'/>
    </devices></domain>`;
  const links = documentLinks(parseXml(text));
  assert.deepEqual(
    links.map(({ start, end }) => text.slice(start, end)),
    links.map(({ path }) => path),
  );
  assert.deepEqual(
    links.map(({ path }) => path),
    ['/boot/vmlinuz', '/boot/initrd', '/t.fd', '/v.fd', '/usr/bin/qemu', '/a.qcow2', '/b.qcow2'],
  );
});

/** The compiler of the CPU table, on a small map with each form that libvirt's has. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../support/root.ts';

const MAP: Readonly<Record<string, string>> = {
  'index.xml':
    "<cpus><arch name='x86'><include filename='vendors.xml'/><group name='old'><include filename='a.xml'/><include filename='b.xml'/></group><group name='new'><include filename='c.xml'/></group></arch><arch name='ppc64'><include filename='p.xml'/></arch></cpus>",
  'vendors.xml': "<cpus><vendor name='Intel' string='GenuineIntel'/></cpus>",
  'a.xml':
    "<cpus><model name='A'><vendor name='Intel'/><feature name='sse'/><feature name='hle'/><feature name='vmx-ept'/></model></cpus>",
  'b.xml': "<cpus><model name='A-v2'><model name='A'/></model></cpus>",
  'c.xml':
    "<cpus><model name='B'><model name='A'/><feature name='avx'/><feature name='hle' removed='yes'/></model></cpus>",
  'p.xml': "<cpus><model name='POWER9'><vendor name='IBM'/></model></cpus>",
};

test('models are told by what they share: inherited, added, removed', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cpu-map-'));
  try {
    for (const [file, text] of Object.entries(MAP)) writeFileSync(path.join(folder, file), text);
    const target = path.join(folder, 'table.json');
    execFileSync(process.execPath, [path.join(ROOT, 'scripts/compile-cpu-models.mjs'), folder, '1.2.3', target]);
    assert.deepEqual(JSON.parse(readFileSync(target, 'utf8')), {
      libvirt: '1.2.3',
      models: {
        x86: [
          { name: 'A', vendor: 'Intel', add: 'hle sse' },
          { name: 'A-v2', vendor: 'Intel', like: 'A' },
          { name: 'B', vendor: 'Intel', add: 'avx sse' },
        ],
        ppc64: [{ name: 'POWER9', vendor: 'IBM' }],
      },
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

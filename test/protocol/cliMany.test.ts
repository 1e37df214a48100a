/** A great many files need no more memory than few. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { after, test } from 'node:test';
import { CommandLine, plainDomain } from '../support/commandLine.ts';
import { ROOT } from '../support/root.ts';

const cli = new CommandLine();
after(() => cli.remove());

/** No two alike in names, sizes and numbers; every third has something to tell. */
function domain(index: number): string {
  const number = String(index).padStart(6, '0');
  const mac = number.replace(/^(..)(..)(..)$/, '52:54:00:$1:$2:$3');
  return plainDomain(`    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2' cache='${index % 3 === 0 ? 'writeback' : 'none'}' io='native'/>
      <source file='/images/${number}.qcow2'/>
      <target dev='vda' bus='virtio'/>
      <serial>serial-${number}</serial>
    </disk>
    <interface type='network'>
      <mac address='${mac}'/>
      <source network='net-${index % 500}'/>
      <model type='virtio'/>
    </interface>
`).replace('<name>a</name>', `<name>guest-${number}</name>`);
}

const FEW = 1000;
const MANY = 10_000;
cli.write(
  'peak.cjs',
  `process.on('exit', () => require('node:fs').writeSync(2, 'peak ' + process.resourceUsage().maxRSS));`,
);
for (let index = 0; index < MANY; index++)
  cli.write(`${index < FEW ? 'few' : 'rest'}/${index % 100}/${index}.xml`, domain(index));

/** The peak of resident memory in MiB while files are checked, and how many they were. */
function peak(...names: string[]): { files: number; peak: number; findings: number } {
  const args = [
    '--require',
    path.join(cli.folder, 'peak.cjs'),
    path.join(ROOT, 'dist/cli.js'),
    'check',
    '--format',
    'sarif',
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args, ...names], {
    cwd: cli.folder,
    encoding: 'utf8',
    maxBuffer: 1 << 29,
  });
  assert.equal(status, 1, stderr);
  const kibibytes = Number(/peak (\d+)/.exec(stderr)?.[1]);
  const files = new Set(stdout.match(/(?:few|rest)\/\d+\/\d+\.xml/g)).size;
  return { files, peak: kibibytes / 1024, findings: stdout.split('\n').length };
}

test('10,000 files', (context) => {
  const few = peak('few');
  const many = peak('few', 'rest');
  assert.ok(few.files >= FEW / 3 && many.files >= MANY / 3 && many.findings > 9 * few.findings);
  context.diagnostic(`${FEW} files: ${few.peak.toFixed(0)} MiB, ${MANY} files: ${many.peak.toFixed(0)} MiB`);
  assert.ok(many.peak < few.peak + 64, `${few.peak.toFixed(0)} MiB, then ${many.peak.toFixed(0)} MiB`);
});

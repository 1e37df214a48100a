/**
 * `npm run bench -- clone`: how fast a disk is cloned, against virt-clone on one host and against scp to another, in turns within one run. Each reads
 * and writes the same files through the same page cache; the shortest of the rounds counts.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { domain, listDomains, planClone, readCloneSource, runClone } from '../../virsh/src/index.ts';
import { TwoHosts } from '../libvirt/support/twoHosts.ts';
import { daemonPrograms, programPath, requirements, sshPrograms } from '../support/bed/requirements.ts';
import { value } from '../support/bed/results.ts';
import { runTool } from '../support/bed/scratch.ts';

const mebibytes = Number(process.env.VIRTLINT_BENCH_MEBIBYTES ?? 4096);
const rounds = 3;
const name = 'large';

const missing = requirements(...daemonPrograms, ...sshPrograms);
if (missing) console.log(`skipped: ${missing}`);
else await measure();

async function measure(): Promise<void> {
  const hosts = await TwoHosts.start();
  try {
    const image = hosts.largeImage(`${name}.qcow2`, mebibytes);
    await hosts.define(name, image);
    const here = [() => copyHere(hosts), ...(programPath('virt-clone') ? [() => virtClone(hosts)] : [])];
    const away = [() => send(hosts), ...(programPath('scp') ? [() => scp(hosts, image)] : [])];
    console.log(`an image of ${mebibytes} MiB of data, ${rounds} rounds each, the shortest counts\n`);
    console.log('| what | virtlint | the other | the other / virtlint | target |\n| --- | --- | --- | --- | --- |');
    console.log(row('clone on one host, against virt-clone', await inTurns(here)));
    console.log(row('clone to another host over ssh, against scp of the file', await inTurns(away)));
  } finally {
    await hosts.stop();
  }
}

/** The shortest time of each, in milliseconds. */
async function inTurns(candidates: readonly (() => Promise<number>)[]): Promise<readonly number[]> {
  const best = candidates.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++) {
    // Who comes second writes into memory that the first has just left: each is first in turn.
    const order = [...candidates.entries()];
    for (const [at, candidate] of round % 2 === 0 ? order : order.reverse())
      best[at] = Math.min(best[at] ?? 0, await candidate());
  }
  return best;
}

function row(what: string, [ours = Number.NaN, other = Number.NaN]: readonly number[]): string {
  const text = (milliseconds: number): string =>
    Number.isNaN(milliseconds)
      ? 'not installed'
      : `${(milliseconds / 1000).toFixed(2)} s (${Math.round((mebibytes * 1000) / milliseconds)} MiB/s)`;
  const ratio = Number.isNaN(other) ? '–' : (other / ours).toFixed(2);
  return `| ${what} | ${text(ours)} | ${text(other)} | ${ratio} | ≥ 0.95 |`;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Planning included, as a user waits for it. */
async function copyHere({ source, from }: TwoHosts): Promise<number> {
  const milliseconds = await timed(async () => {
    const entry = value(await listDomains(source)).find((one) => one.name === name);
    if (!entry) throw new Error(`no domain ${name}`);
    const plan = value(planClone(value(await readCloneSource(source, entry)), 'twin'));
    value(await runClone(source, plan));
  });
  value(await source.run(domain.undefine('twin')));
  rmSync(path.join(from, 'twin.qcow2'));
  return milliseconds;
}

async function virtClone({ source, here, from }: TwoHosts): Promise<number> {
  const file = path.join(from, 'twin.qcow2');
  const args = ['--connect', here.uri, '--original', name, '--name', 'twin', '--file', file];
  const milliseconds = await timed(async () => runTool('virt-clone', ...args));
  value(await source.run(domain.undefine('twin')));
  rmSync(file);
  return milliseconds;
}

async function send(hosts: TwoHosts): Promise<number> {
  const milliseconds = await timed(async () => {
    const plan = value(await hosts.plan(name, 'away'));
    value(await runClone(hosts.source, plan, { target: hosts.target }));
  });
  value(await hosts.target.run(domain.undefine('away')));
  rmSync(path.join(hosts.to, 'away.qcow2'));
  return milliseconds;
}

/** Of a copy by hand the file alone is timed: nobody has written the definition yet. */
async function scp({ server, there }: TwoHosts, image: string): Promise<number> {
  const file = path.join(there.directory, 'away.qcow2');
  // The old protocol: the throw-away sshd offers no SFTP.
  const milliseconds = await timed(async () => runTool('scp', '-O', '-q', ...server.options, image, `bed:${file}`));
  rmSync(file);
  return milliseconds;
}

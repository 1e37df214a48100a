// `npm test`: sets up, then runs every suite, goes on after one that fails, and ends with a table. Runs with Node 20 in a clean clone.
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { capture, inProject, main, run, toolEnvironment } from './project.mjs';
import { renderTable } from './summary-table.mjs';

/** The script of each suite, with its arguments. They share one build, which `package` makes: a build beside running tests would pull files from under them. */
const suites = {
  check: ['check.mjs'],
  'test:unit': ['run-tests.mjs', 'unit'],
  'test:corpus': ['run-tests.mjs', 'corpus'],
  package: ['package.mjs'],
  'test:protocol': ['run-tests.mjs', 'protocol'],
  'test:libvirt': ['run-tests.mjs', 'libvirt'],
  'test:vscode': ['run-vscode-tests.mjs'],
  'test:ui': ['run-tests.mjs', 'ui'],
  fuzz: ['fuzz.mjs', '--edits', '50000'],
};

/** First, and one after the other: what fails fastest, and the build that all others share. */
const alone = ['check', 'package'];
/** Lanes that run beside each other: daemons and windows let the machine wait most of the time, so that a third lane finds a core. They take about the same time. */
const lanes = [['test:libvirt'], ['test:ui', 'test:protocol'], ['test:unit', 'test:corpus', 'test:vscode']];
/** Takes what all others leave of the machine, from the beginning. */
const leftOver = ['fuzz'];

/** For all of it. A suite that has not ended then hangs: it is ended, and the others are told of as ever. */
const minutes = Number(process.env.VIRTLINT_MINUTES ?? 40);
const deadline = performance.now() + minutes * 60_000;

/**
 * Run a suite in a process group of its own, so that all of it can be ended.
 * @param {'inherit' | number} output where what it prints goes: our own streams, or a file descriptor
 * @returns {Promise<number>} exit status
 */
function runSuite(name, env, output) {
  const [script, ...args] = suites[name];
  return new Promise((resolve) => {
    const child = spawn('node', [inProject('scripts', script), ...args], {
      cwd: inProject(),
      env,
      stdio: ['inherit', output, output],
      detached: true,
    });
    if (leftOver.includes(name)) yieldToOthers(child.pid);
    const end = (signal) => {
      try {
        process.kill(-child.pid, signal);
      } catch {
        // gone already
      }
    };
    const limit = setTimeout(() => {
      console.error(`${name}: not done after ${minutes} minutes of all suites, ended`);
      end('SIGTERM');
      setTimeout(() => end('SIGKILL'), 5000).unref();
    }, deadline - performance.now());
    const interrupt = () => {
      end('SIGINT');
      process.exitCode = 130;
      setTimeout(() => process.exit(130), 5000).unref();
    };
    process.once('SIGINT', interrupt);
    child.on('error', (error) => {
      console.error(`${name}: ${error.message}`);
      resolve(127);
    });
    child.on('exit', (code) => {
      clearTimeout(limit);
      process.off('SIGINT', interrupt);
      resolve(code ?? 1);
    });
  });
}

/** Linux shares the processor among sessions before it looks at priorities of processes, and each suite is a session of its own. */
function yieldToOthers(session) {
  try {
    writeFileSync(`/proc/${session}/autogroup`, '19');
  } catch {
    // a kernel that shares it among processes only
  }
}

/** What a suite wrote of itself; a script that keeps no count is one test. A suite that ends well but wrote nothing did not run. */
function countsOf(script, file, status) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    const ok = status === 0 && !script.startsWith('test:');
    return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: [] };
  }
}

/** Runs a suite in a folder of ours. @returns {Promise<import('./summary-table.d.mts').Row>} */
async function measureSuite(name, folder, output) {
  const summary = path.join(folder, `${name.replace(':', '-')}.json`);
  const env = toolEnvironment({ VIRTLINT_SUMMARY: summary, VIRTLINT_PACKAGES: path.join(folder, 'packages') });
  const start = performance.now();
  const status = await runSuite(name, env, output);
  return { name, status, seconds: (performance.now() - start) / 1000, ...countsOf(name, summary, status) };
}

/** One suite after another; what each prints is shown in one piece when it has ended, and `quiet` is over. */
async function runLane(names, folder, quiet) {
  const rows = [];
  for (const name of names) {
    if (process.exitCode === 130) break;
    const file = path.join(folder, `${name.replace(':', '-')}.log`);
    const log = openSync(file, 'w');
    rows.push(await measureSuite(name, folder, log));
    closeSync(log);
    await quiet;
    console.log(`\n=== ${name}\n${readFileSync(file, 'utf8')}`);
  }
  return rows;
}

await main(async () => {
  const begin = performance.now();
  const rows = [];
  const folder = mkdtempSync(path.join(os.tmpdir(), 'suites-'));
  try {
    console.log('\n=== setup');
    const ready = await run('node', [inProject('scripts', 'setup.mjs'), '--for', 'test']);
    const seconds = (performance.now() - begin) / 1000;
    rows.push({
      name: 'setup',
      status: ready,
      seconds,
      passed: Number(ready === 0),
      failed: Number(ready !== 0),
      skipped: [],
    });
    if (ready === 0 || (await capture('esbuild', ['--version'])).status === 0) {
      let speak = () => undefined;
      const quiet = new Promise((resolve) => {
        speak = resolve;
      });
      const rest = runLane(leftOver, folder, quiet);
      for (const name of alone) {
        if (process.exitCode === 130) break;
        console.log(`\n=== ${name}`);
        rows.push(await measureSuite(name, folder, 'inherit'));
      }
      const beside = [...lanes, leftOver].map((names) => names.join(', then ')).join('; beside it ');
      console.log(`\n${beside}: shown as they end`);
      speak();
      rows.push(...(await Promise.all([...lanes.map((names) => runLane(names, folder)), rest])).flat());
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`\n${renderTable(rows, (performance.now() - begin) / 1000)}`);
  return rows.every((row) => row.status === 0 && row.failed === 0) ? (process.exitCode ?? 0) : 1;
});

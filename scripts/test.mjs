// `npm test`: sets up, then runs every suite, goes on after one that fails, and ends with a table. Runs with Node 20 in a clean clone.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { capture, inProject, main, run, toolEnvironment } from './project.mjs';
import { renderTable } from './summary-table.mjs';

/** npm scripts, in the order of what fails fastest. */
const suites = [
  'check',
  'test:unit',
  'test:corpus',
  'build',
  'test:protocol',
  'test:libvirt',
  'test:vscode',
  'test:ui',
];

/** A suite that takes longer hangs. */
const limitMs = 5 * 60_000;

/** Run an npm script in a process group of its own, so that all of it can be ended. @returns {Promise<number>} exit status */
function runScript(script, env) {
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', script], {
      cwd: inProject(),
      env,
      stdio: 'inherit',
      detached: true,
    });
    const end = (signal) => {
      try {
        process.kill(-child.pid, signal);
      } catch {
        // gone already
      }
    };
    const limit = setTimeout(() => {
      console.error(`${script}: not done after ${limitMs / 60_000} minutes, ended`);
      end('SIGTERM');
      setTimeout(() => end('SIGKILL'), 5000).unref();
    }, limitMs);
    const interrupt = () => {
      end('SIGINT');
      process.exitCode = 130;
      setTimeout(() => process.exit(130), 5000).unref();
    };
    process.once('SIGINT', interrupt);
    child.on('error', (error) => {
      console.error(`${script}: ${error.message}`);
      resolve(127);
    });
    child.on('exit', (code) => {
      clearTimeout(limit);
      process.off('SIGINT', interrupt);
      resolve(code ?? 1);
    });
  });
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

await main(async () => {
  const rows = [];
  const folder = mkdtempSync(path.join(os.tmpdir(), 'suites-'));
  const measure = async (name, work) => {
    console.log(`\n=== ${name}`);
    const start = performance.now();
    const result = await work();
    rows.push({ name, seconds: (performance.now() - start) / 1000, ...result });
    return result.status;
  };
  try {
    const ready = await measure('setup', async () => {
      const status = await run('node', [inProject('scripts', 'setup.mjs'), '--for', 'test']);
      return { status, passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: [] };
    });
    const hasTools = ready === 0 || (await capture('esbuild', ['--version'])).status === 0;
    for (const script of hasTools ? suites : []) {
      if (process.exitCode === 130) break;
      await measure(script, async () => {
        const file = path.join(folder, `${script.replace(':', '-')}.json`);
        const status = await runScript(script, toolEnvironment({ VIRTLINT_SUMMARY: file }));
        return { status, ...countsOf(script, file, status) };
      });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`\n${renderTable(rows)}`);
  return rows.every((row) => row.status === 0 && row.failed === 0) ? (process.exitCode ?? 0) : 1;
});

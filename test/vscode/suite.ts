/** What the extension host loads: runs the test files beside it with mocha, and leaves the counts for `npm test`. */
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import { skipReasons } from './support/skip.ts';

/** Needs a window in which nothing of ours has been opened yet. */
const first = 'lazyStart.test.cjs';
/** Looks back at what all others have done. */
const last = 'noNetwork.test.cjs';

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 90_000, slow: 3000, color: false });
  const files = readdirSync(__dirname).filter((file) => file.endsWith('.test.cjs'));
  const place = (file: string): number => Number(file === last) - Number(file === first);
  const ordered = files.sort((a, b) => place(a) - place(b) || a.localeCompare(b));
  for (const file of ordered) mocha.addFile(path.join(__dirname, file));
  const counts = {
    passed: 0,
    failed: 0,
    failures: [] as { name: string; message: string }[],
    skipped: [] as { name: string; reason: string }[],
  };
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', () => {
      counts.passed += 1;
    });
    runner.on('fail', (test, error) => {
      counts.failed += 1;
      counts.failures.push({ name: test.fullTitle(), message: error.stack ?? error.message });
    });
    runner.on('pending', (test) => {
      const name = test.fullTitle();
      counts.skipped.push({ name, reason: skipReasons.get(name) ?? 'no reason given' });
    });
  });
  if (process.env.VIRTLINT_SUMMARY) writeFileSync(process.env.VIRTLINT_SUMMARY, JSON.stringify(counts));
  if (counts.failed > 0) throw new Error(`${counts.failed} of ${counts.passed + counts.failed} tests failed`);
}

/**
 * `npm run fuzz [-- --edits N --seed N]`: many random edits with a fixed seed; a night's run is a million. Ends with 1 where something
 * does not hold. It takes what others leave of the processor.
 */
import { globSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fuzz } from '../support/fuzz.ts';
import { Random } from '../support/random.ts';
import { ROOT } from '../support/root.ts';
import { sampleDomains } from '../unit/xml/sampleDomains.ts';

/** A check that takes longer is felt while typing. */
const LONGEST_MILLISECONDS = 200;
const { edits, seed } = parseArgs({
  options: { edits: { type: 'string', default: '200000' }, seed: { type: 'string', default: '1' } },
}).values;
if (!/^\d+$/.test(edits) || !/^\d+$/.test(seed)) throw new Error('usage: npm run fuzz -- --edits N --seed N');
os.setPriority(os.constants.priority.PRIORITY_LOW);

const examples = globSync('examples/*.xml', { cwd: ROOT }).map((file) => readFileSync(path.join(ROOT, file), 'utf8'));
const [first, ...others] = [...sampleDomains, ...examples];
if (first === undefined) throw new Error('no domains to begin with');

const started = performance.now();
const figures = fuzz([first, ...others], Number(edits), new Random(Number(seed)), (done) => {
  if (done % 20_000 === 0 && done > 0) console.log(`${done} edits`);
});
const { slowest, ...counts } = figures;
console.log(
  Object.entries(counts)
    .map(([what, count]) => `${count} ${what}`)
    .join(', '),
);
console.log(
  `slowest check ${slowest.milliseconds.toFixed(0)} ms, all in ${((performance.now() - started) / 1000).toFixed(0)} s`,
);
if (slowest.milliseconds > LONGEST_MILLISECONDS) {
  console.error(`a check took ${slowest.milliseconds.toFixed(0)} ms:\n${JSON.stringify(slowest.text)}`);
  process.exitCode = 1;
}

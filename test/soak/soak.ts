/** `npm run soak [-- --minutes N]`: what somebody types in so many minutes, without the pauses; an hour without a number. Ends with 1 where memory grows. */
import { parseArgs } from 'node:util';
import { Random } from '../support/random.ts';
import { growthOf, KEYSTROKES_A_MINUTE, MOST_GROWTH_MIB, soak } from '../support/soak.ts';

const { minutes } = parseArgs({ options: { minutes: { type: 'string', default: '60' } } }).values;
if (!/^\d+$/.test(minutes)) throw new Error('usage: npm run soak -- --minutes N');
const samples = await soak(Number(minutes) * KEYSTROKES_A_MINUTE, new Random(1));
console.log(`MiB, tenth by tenth: ${samples.map((mebibytes) => mebibytes.toFixed(1)).join(' ')}`);
if (growthOf(samples) > MOST_GROWTH_MIB) {
  console.error(`memory grew by ${growthOf(samples).toFixed(1)} MiB`);
  process.exitCode = 1;
}

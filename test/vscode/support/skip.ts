/** Skipping with a reason, which mocha does not know. */
import type { Context } from 'mocha';

/** Kept on the process: every test file is a bundle of its own. */
declare global {
  var virtlintSkipReasons: Map<string, string> | undefined;
}
globalThis.virtlintSkipReasons ??= new Map();

/** Full title of a skipped test → reason. */
export const skipReasons: Map<string, string> = globalThis.virtlintSkipReasons;

/** Skips the tests that the hook of `context` prepares, all of them, when there is a reason. */
export function skipFor(context: Context, reason: string | false | undefined): void {
  if (!reason) return;
  context.currentTest?.parent?.eachTest((test) => skipReasons.set(test.fullTitle(), reason));
  context.test?.parent?.eachTest((test) => skipReasons.set(test.fullTitle(), reason));
  console.log(`      skipped: ${reason}`);
  context.skip();
}

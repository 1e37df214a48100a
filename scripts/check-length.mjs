// Keeps files small: above 300 lines a file says in its header comment why, and above 500 none may be.
import { globSync, readFileSync } from 'node:fs';
import { inProject } from './project.mjs';

const reasonFrom = 300;
const limit = 500;

/** The comment that a file begins with. */
const headerOf = (text) => /^(?:#!.*\n)?\s*(\/\*[\s\S]*?\*\/|(?:\/\/.*\n)+)/.exec(text)?.[1] ?? '';

/** Headers give the reason in a sentence with this word: "Long because …". */
const reason = /\blong\b/i;

/** @returns {{failures: string[], warnings: string[]}} */
export function checkLength() {
  const failures = [];
  const warnings = [];
  for (const file of globSync('{client,server,virsh,schemas,scripts,test}/**/*.{ts,mts,mjs,cjs}', {
    cwd: inProject(),
  }).sort()) {
    const text = readFileSync(inProject(file), 'utf8');
    const lines = text.split('\n').length - 1;
    if (lines > limit) failures.push(`${file}: ${lines} lines, more than ${limit}`);
    else if (lines > reasonFrom && !reason.test(headerOf(text))) {
      warnings.push(`${file}: ${lines} lines; above ${reasonFrom} the header comment says why it is long`);
    }
  }
  return { failures, warnings };
}

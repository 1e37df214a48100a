// `npm run check`: formatting and lint, types, dead code, the house's import rules, rules' pages, texts for people, file length. One line a tool, details where one fails.
import { writeFileSync } from 'node:fs';
import { checkImports } from './check-imports.mjs';
import { checkLength } from './check-length.mjs';
import { checkRules } from './check-rules.mjs';
import { checkTexts } from './check-texts.mjs';
import { capture, main, since } from './project.mjs';

/** @returns {() => Promise<{ok: boolean, details: string}>} */
const tool =
  (command, ...args) =>
  async () => {
    const { status, output } = await capture(command, args);
    return { ok: status === 0, details: status === 0 ? '' : output.trimEnd() };
  };

const checks = {
  'format and lint (biome)': tool('biome', 'check', '--error-on-warnings', '--max-diagnostics=50', '--colors=off', '.'),
  'types (tsc)': tool('tsc', '-p', '.', '--pretty', 'false'),
  'types of webviews (tsc)': tool('tsc', '-p', 'client/webview', '--pretty', 'false'),
  // Without Node's types: what a browser runs may not use Node.
  'types in a browser (tsc)': tool('tsc', '-p', 'tsconfig.browser.json', '--pretty', 'false'),
  'dead code (knip)': tool('knip', '--no-progress', '--treat-config-hints-as-errors'),
  'import rules': async () => {
    const broken = checkImports();
    return { ok: broken.length === 0, details: broken.join('\n') };
  },
  'rules and their pages': async () => {
    const faults = await checkRules();
    return { ok: faults.length === 0, details: faults.join('\n') };
  },
  'texts for people': async () => {
    const faults = await checkTexts();
    return { ok: faults.length === 0, details: faults.join('\n') };
  },
  'file length': async () => {
    const { failures, warnings } = checkLength();
    return {
      ok: failures.length === 0,
      details: [...failures, ...warnings.map((line) => `warning: ${line}`)].join('\n'),
    };
  },
};

await main(async () => {
  let passed = 0;
  const failures = [];
  for (const [name, check] of Object.entries(checks)) {
    const start = performance.now();
    const { ok, details } = await check();
    if (ok) passed += 1;
    else failures.push({ name, message: details });
    console.log(`${ok ? 'ok    ' : 'FAILED'} ${name}, ${since(start)}`);
    if (details) console.log(details.replace(/^/gm, '       '));
  }
  if (process.env.VIRTLINT_SUMMARY) {
    const counts = { passed, failed: failures.length, failures, skipped: [] };
    writeFileSync(process.env.VIRTLINT_SUMMARY, JSON.stringify(counts));
  }
  return failures.length === 0 ? 0 : 1;
});

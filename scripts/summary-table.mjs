// The last lines of `npm test`: a table of the suites, why tests were skipped, which failed, and the verdict.

/** @typedef {import('./summary-table.d.mts').Row} Row */

/** Of what a failed test said: enough to know it by, where the whole is many pages above. */
const messageLines = 12;

/**
 * @param {Row[]} rows
 * @param {number} seconds that all took; less than the sum where suites ran beside each other
 */
export function renderTable(rows, seconds) {
  const cells = [
    ['suite', 'passed', 'failed', 'skipped', 'seconds', ''],
    ...rows.map((row) =>
      [row.name, row.passed, row.failed, row.skipped.length, row.seconds.toFixed(1), isGood(row) ? 'ok' : 'FAILED'].map(
        String,
      ),
    ),
  ];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((line) => line[column].length)));
  const lines = cells.map((line) =>
    line
      .map((cell, column) =>
        column === 0 || column === 5 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]),
      )
      .join('  ')
      .trimEnd(),
  );
  return [...lines, ...skips(rows), ...failures(rows), verdict(rows, seconds)].join('\n');
}

const isGood = (row) => row.status === 0 && row.failed === 0;

/** One line a reason, with the number of tests. */
function skips(rows) {
  const reasons = new Map();
  for (const { reason } of rows.flatMap((row) => row.skipped)) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return [...reasons].map(([reason, count]) => `skipped ${count}: ${reason}`);
}

/** Each failed test once more: whoever keeps only the end of a long record still learns which. */
function failures(rows) {
  return rows.flatMap(({ name, failures = [] }) =>
    failures.map((failure) => {
      const lines = failure.message.trimEnd().split('\n').slice(0, messageLines);
      return [`failed in ${name}: ${failure.name}`, ...lines.map((line) => `  ${line}`)].join('\n');
    }),
  );
}

function verdict(rows, seconds) {
  const sum = (pick) => rows.reduce((total, row) => total + pick(row), 0);
  const bad = rows.filter((row) => !isGood(row)).map((row) => row.name);
  const counts = `${sum((row) => row.passed)} passed, ${sum((row) => row.failed)} failed, ${sum((row) => row.skipped.length)} skipped, ${Math.round(seconds)} s`;
  return bad.length === 0 ? `all suites passed: ${counts}` : `failed: ${bad.join(', ')} (${counts})`;
}

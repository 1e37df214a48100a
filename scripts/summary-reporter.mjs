// A reporter for node's test runner: what the table at the end of `npm test` is made of, as one JSON object.

/** @returns {AsyncGenerator<string>} `{passed, failed, failures: [{name, message}], skipped: [{name, reason}]}` */
export default async function* summary(events) {
  let passed = 0;
  let failed = 0;
  const failures = [];
  const skipped = [];
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const isSuite = data.details?.type === 'suite';
    if (type === 'test:fail') {
      const error = data.details?.error;
      if (!isSuite) failed += 1;
      // What went wrong in a hook is said of the suite; its tests are cancelled only.
      if (!isSuite || error?.failureType === 'hookFailed')
        failures.push({ name: data.name, message: messageOf(error) });
    } else if (data.skip !== undefined)
      skipped.push({
        name: data.name,
        reason: typeof data.skip === 'string' && data.skip ? data.skip : 'no reason given',
      });
    else if (!isSuite) passed += 1;
  }
  yield JSON.stringify({ passed, failed, failures, skipped });
}

/** Of what a test threw, which the runner wraps. */
const messageOf = (error) => String(error?.cause?.stack ?? error?.cause ?? error?.message ?? error);

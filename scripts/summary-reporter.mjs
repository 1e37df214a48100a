// A reporter for node's test runner: what the table at the end of `npm test` is made of, as one JSON object.

/** @returns {AsyncGenerator<string>} `{passed, failed, skipped: [{name, reason}]}` */
export default async function* summary(events) {
  let passed = 0;
  let failed = 0;
  const skipped = [];
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const isSuite = data.details?.type === 'suite';
    if (type === 'test:fail') failed += isSuite ? 0 : 1;
    else if (data.skip !== undefined)
      skipped.push({
        name: data.name,
        reason: typeof data.skip === 'string' && data.skip ? data.skip : 'no reason given',
      });
    else if (!isSuite) passed += 1;
  }
  yield JSON.stringify({ passed, failed, skipped });
}

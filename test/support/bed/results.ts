/** Taking results apart in tests. */
import assert from 'node:assert/strict';
import type { VirshFailure } from '../../../virsh/src/failures/explain.ts';
import type { Result } from '../../../virsh/src/result.ts';

/** The value of a result that must be one. */
export function value<T>(result: Result<T, unknown>): T {
  if (!result.ok) assert.fail(`failed: ${JSON.stringify(result.error, null, 1)}`);
  return result.value;
}

/** The failure of a result that must be one. */
export function failed<E = VirshFailure>(result: Result<unknown, E>): E {
  if (result.ok) assert.fail(`expected a failure, got ${JSON.stringify(result.value)}`);
  return result.error;
}

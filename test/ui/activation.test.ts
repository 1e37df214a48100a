/** Somebody else's XML file: the extension is there in a moment. That no server starts, test/vscode/lazyStart.test.ts holds. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { activationMilliseconds } from '../bench/activation.ts';
import { serverObstacle } from '../support/vscode/server.mts';
import { browserObstacle } from '../support/vscode/window.mts';

const BUDGET_MILLISECONDS = 15;

describe('a window with a foreign XML file', { skip: serverObstacle() ?? browserObstacle() ?? false }, () => {
  it(`has the extension activated in less than ${BUDGET_MILLISECONDS} ms`, async (context) => {
    const milliseconds = await activationMilliseconds(BUDGET_MILLISECONDS, 6);
    context.diagnostic(`${milliseconds} ms`);
    assert.ok(milliseconds < BUDGET_MILLISECONDS, `${milliseconds} ms`);
  });
});

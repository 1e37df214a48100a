/** docs/lsp.md says what the server does of the protocol: held against the server, and against the protocol's own list. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import * as protocol from 'vscode-languageserver/node';
import { valueIn } from '../../server/src/protocol/settings.ts';
import { LanguageServer } from '../support/languageServer.ts';
import { ROOT } from '../support/root.ts';

interface Row {
  readonly method: string;
  readonly answered: boolean;
  /** The path of the capability that is announced for it. */
  readonly capability: string | undefined;
}

const rows = [
  ...readFileSync(path.join(ROOT, 'docs/lsp.md'), 'utf8').matchAll(/^\| `([^`]+)` \| (yes|no) \| (?:`([^`]+)`)? ?\|/gm),
].map(([, method = '', answer, capability]): Row => ({ method, answered: answer === 'yes', capability }));

/** What several messages are registered by together: no messages themselves. */
const REGISTRATIONS = ['textDocument/semanticTokens', 'notebookDocument/sync'];

/** Every message that the library knows, by the types that it exports. */
function allMethods(): string[] {
  const methods = Object.values(protocol).flatMap((exported: unknown) => {
    const { method, type } = Object(exported);
    const own = type?.method ?? method;
    return typeof own === 'string' && own !== protocol.SemanticTokenTypes.method ? [own] : [];
  });
  return [...new Set(methods)].filter((method) => !REGISTRATIONS.includes(method));
}

describe('the matrix of the protocol', () => {
  let server: LanguageServer;
  before(async () => {
    const textDocument = { diagnostic: {}, rename: { prepareSupport: true } };
    server = await LanguageServer.start({ capabilities: { textDocument, workspace: { diagnostics: {} } } });
  });
  after(() => server.stop());

  test('has a row for every message', () => {
    const named = rows.map(({ method }) => method);
    assert.deepEqual(named.toSorted(), [...new Set(named)].toSorted(), 'one row each');
    assert.deepEqual(named.toSorted(), allMethods().toSorted());
  });

  test('says what the server announces', () => {
    const capabilities = server.initialized?.capabilities;
    for (const { method, answered, capability } of rows) {
      if (capability === undefined) continue;
      const announced = capability.split('.').reduce<unknown>((value, key) => valueIn(value, key), capabilities);
      assert.equal(Boolean(announced), answered, `${method}: ${capability} is ${JSON.stringify(announced)}`);
    }
  });

  test('leaves out nothing that the server announces', () => {
    const told = new Set(
      rows.flatMap(({ answered, capability }) => (answered ? (capability?.split('.')[0] ?? []) : [])),
    );
    const announced = Object.keys(server.initialized?.capabilities ?? {});
    assert.deepEqual(
      announced.filter((key) => !told.has(key)),
      [],
    );
  });
});

/** Requests beyond LSP, which our VS Code extension makes; any other client may. */
import type { Connection } from 'vscode-languageserver';
import type { Finding } from '../finding.ts';
import { knownReleases } from '../grammar/builtIn.ts';
import { guarded, type Log } from './guard.ts';

/** The page behind a diagnostic's code: {page} → Markdown or null. */
const RULE_PAGE_REQUEST = 'virtlint/rulePage';
/** The findings of a text that need not be open, as if it stood in the document: {text, uri?} → [{severity, rule, message}]. */
const CHECK_REQUEST = 'virtlint/check';

/** The libvirt releases that a target can be: → [release], oldest first. */
const RELEASES_REQUEST = 'virtlint/releases';

export function answerOwnRequests(
  connection: Connection,
  log: Log,
  readPage: (page: string) => string | undefined,
  check: (text: string, uri: string) => readonly Finding[],
): void {
  connection.onRequest(
    RULE_PAGE_REQUEST,
    guarded(log, RULE_PAGE_REQUEST, null, ({ page }: { page: string }) => readPage(page) ?? null),
  );

  connection.onRequest(
    CHECK_REQUEST,
    guarded(log, CHECK_REQUEST, [], ({ text, uri = '' }: { text: string; uri?: string }) =>
      check(text, uri).map(({ severity, rule, message }) => ({ severity, rule, message })),
    ),
  );

  connection.onRequest(RELEASES_REQUEST, guarded(log, RELEASES_REQUEST, [], knownReleases));
}

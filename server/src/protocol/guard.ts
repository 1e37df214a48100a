/** One place where a fault of ours is caught: it is logged, the request answers empty, the server lives on. */
import { ResponseError } from 'vscode-languageserver';

export interface Log {
  error(message: string): void;
}

/** Runs a handler; an exception (a bug, never bad input) becomes a log line and the given answer. */
export function guarded<Params, Answer>(
  log: Log,
  name: string,
  otherwise: Answer,
  handle: (params: Params) => Answer,
): (params: Params) => Answer {
  return (params) => {
    try {
      return handle(params);
    } catch (fault) {
      tell(log, name, fault);
      return otherwise;
    }
  };
}

/** The same for a handler that waits for something. An answer of LSP's own, as that the document has changed, goes to the client. */
export function guardedAsync<Params, Answer>(
  log: Log,
  name: string,
  otherwise: Answer,
  handle: (params: Params) => Promise<Answer>,
): (params: Params) => Promise<Answer> {
  return (params) =>
    handle(params).catch((fault: unknown) => {
      if (fault instanceof ResponseError) throw fault;
      tell(log, name, fault);
      return otherwise;
    });
}

function tell(log: Log, name: string, fault: unknown): void {
  log.error(`${name}: ${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}`);
}

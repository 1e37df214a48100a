/** An edit that may mend an error; verify.ts finds out whether it does. */
import type { TextEdit } from '../../finding.ts';
import type { GrammarError } from '../error.ts';

export interface Candidate {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** It takes more away than what is wrong: never the first choice. */
  readonly drastic?: boolean;
  /** It writes a value that nothing in the document speaks for: offered, but never preferred. */
  readonly invented?: boolean;
  /** The values in what it inserts are made up. */
  readonly toFill?: boolean;
}

export type ErrorOf<Code extends GrammarError['code']> = Extract<GrammarError, { code: Code }>;

/** Alternatives of one kind that are offered. */
export const mostAlternatives = 4;

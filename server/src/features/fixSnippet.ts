/** A fix whose made-up values the user fills in, one after the other. */
import type { Fix } from '../finding.ts';
import { snippetOf } from './snippetText.ts';

export interface SnippetEdit {
  readonly start: number;
  readonly end: number;
  /** In the syntax of LSP's snippets. */
  readonly snippet: string;
}

/** The fix as the one edit that inserts; undefined where there is nothing to fill in. */
export function fixSnippet({ edits, toFill }: Fix): SnippetEdit | undefined {
  const [edit, ...others] = edits;
  // The places to fill in are counted within one edit; of two the cursor could be in one only.
  if (!toFill || !edit || others.length > 0) return undefined;
  const snippet = snippetOf(edit.newText);
  return snippet.includes('${1:') ? { start: edit.start, end: edit.end, snippet } : undefined;
}

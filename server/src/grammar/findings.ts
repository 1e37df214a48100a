/** The errors of a document against its grammar as findings. */
import type { Finding } from '../finding.ts';
import type { GrammarError } from './error.ts';
import type { Examination } from './examination.ts';
import { grammarFixes } from './fixes/fixes.ts';
import { sayError } from './messages.ts';

/** What an examination has found, in words. */
export function grammarFindings(examination: Examination): Finding[] {
  return examination.errors.map((error) => grammarFinding(error, examination));
}

/** One error in words. */
export function grammarFinding(error: GrammarError, examination: Examination): Finding {
  const { message, related } = sayError(error, examination);
  return {
    rule: `grammar/${error.code}`,
    page: 'grammar/grammar',
    severity: 'error',
    start: error.start,
    end: error.end,
    message,
    ...(related.length && { related }),
    fixes: () => grammarFixes(error, examination),
  };
}

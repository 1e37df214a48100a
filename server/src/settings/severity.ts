/** How loudly a finding is told, as settings can say it. */
import type { Severity } from '../finding.ts';

/** `off`: not at all. */
export type SeverityChoice = Severity | 'off';

/** What each choice means, for people; the order is from loud to silent. */
export const severityChoices: Readonly<Record<SeverityChoice, string>> = {
  error: 'Marked red; the command line ends with status 1.',
  warning: 'Marked yellow; counted by --max-warnings.',
  information: 'Marked blue.',
  hint: 'A few dots below the first letters.',
  off: 'Not told.',
};

/** Choices by rule (`disk/cache-default`) or by area (`disk`). */
export type SeverityChoices = ReadonlyMap<string, SeverityChoice>;

export function isSeverityChoice(given: unknown): given is SeverityChoice {
  return typeof given === 'string' && Object.hasOwn(severityChoices, given);
}

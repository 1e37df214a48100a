/** How loudly a finding is told, as settings can say it. */
import type { Severity } from '../finding.ts';
import { type Phrase, phrase } from '../l10n/say.ts';

/** `off`: not at all. */
export type SeverityChoice = Severity | 'off';

/** What each choice means, for people; the order is from loud to silent. */
export const severityChoices: Readonly<Record<SeverityChoice, Phrase>> = {
  error: phrase`Marked red; the command line ends with status 1.`,
  warning: phrase`Marked yellow; counted by --max-warnings.`,
  information: phrase`Marked blue.`,
  hint: phrase`A few dots below the first letters.`,
  off: phrase`Not told.`,
};

/** Choices by rule (`disk/cache-default`) or by area (`disk`). */
export type SeverityChoices = ReadonlyMap<string, SeverityChoice>;

export function isSeverityChoice(given: unknown): given is SeverityChoice {
  return typeof given === 'string' && Object.hasOwn(severityChoices, given);
}

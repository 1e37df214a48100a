import type { Phrase } from '../../l10n/say.ts';
import type { SeverityChoice } from '../severity.ts';

/** What a kind of guest asks for beyond what every guest does: rules that matter more, or less, than they do elsewhere. */
export interface Profile {
  /** The guests it is meant for. */
  readonly title: Phrase;
  /** By rule: how loudly it is told, and why. */
  readonly moves: Readonly<Record<string, readonly [SeverityChoice, why: Phrase]>>;
}

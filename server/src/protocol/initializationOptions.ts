/** What a client may tell at initialize. Unknown or ill-typed keys are ignored: any editor may send anything. */
import { type Settings, settings, valueIn } from './settings.ts';

export interface InitializationOptions {
  /** Pattern for the link behind a diagnostic's code, with `{rule}` and `{page}`. */
  readonly pageAddress?: string;
  readonly settings: Settings;
}

export function initializationOptions(given: unknown): InitializationOptions {
  const pageAddress = valueIn(given, 'pageAddress');
  return { ...(typeof pageAddress === 'string' && { pageAddress }), settings: settings(given) };
}

/** What a client may tell at initialize. Unknown or ill-typed keys are ignored: any editor may send anything. */
export interface InitializationOptions {
  /** Pattern for the link behind a diagnostic's code, with `{rule}` and `{page}`. */
  readonly pageAddress?: string;
}

export function initializationOptions(given: unknown): InitializationOptions {
  if (typeof given !== 'object' || given === null) return {};
  const pageAddress = 'pageAddress' in given ? given.pageAddress : undefined;
  return typeof pageAddress === 'string' ? { pageAddress } : {};
}

/** What a suite of `npm test` says of itself, for the table at its end. */
export interface Row {
  readonly name: string;
  /** Exit status. */
  readonly status: number;
  readonly seconds: number;
  readonly passed: number;
  readonly failed: number;
  /** The failed tests, with what they said; absent where the suite could not tell. */
  readonly failures?: readonly { readonly name: string; readonly message: string }[];
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

/** @param seconds that all took; less than the sum where suites ran beside each other */
export function renderTable(rows: readonly Row[], seconds: number): string;

/** What a report is: told of one file after the other, so that a great many need no great memory. */
import type { Finding, Severity } from '../../../finding.ts';

export interface Checked {
  readonly name: string;
  readonly text: string;
  readonly findings: readonly Finding[];
}

export interface Report {
  /** What to print of one file, possibly nothing. */
  file(checked: Checked): string;
  /** What to print at the end. */
  end(counts: Counts): string;
}

export type Counts = Readonly<Record<Severity, number>> & { readonly files: number };

/** What the bench prints, and how it measures. */

export interface Figure {
  readonly what: string;
  readonly measured: string;
  readonly target: string;
}

export const milliseconds = (value: number): string => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

export function time(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

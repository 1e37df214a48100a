/** Charts of a guest as HTML: lines for the eye, the same figures as text for everybody else. */
import { roundedSize } from '../../../server/src/domain/sizes.ts';
import { type Phrase, phrase, say } from '../../../server/src/l10n/say.ts';
import type { Moment } from './history.ts';

type Counter = Exclude<keyof Moment, 'at'>;

interface Series {
  readonly key: Counter;
  readonly label: Phrase;
}

interface Chart {
  readonly title: Phrase;
  readonly series: readonly Series[];
  readonly text: (value: number) => string;
  /** The top of the chart, where that does not depend on what was seen. */
  readonly top?: number;
}

const perSecond = (bytes: number): string => `${roundedSize(Math.round(bytes))}/s`;

const charts: readonly Chart[] = [
  {
    title: phrase`CPU`,
    series: [{ key: 'cpu', label: phrase`busy` }],
    text: (percent) => `${percent.toFixed(percent < 10 ? 1 : 0)} %`,
    top: 100,
  },
  {
    title: phrase`Memory on the host`,
    series: [{ key: 'memory', label: phrase`taken` }],
    text: (bytes) => roundedSize(bytes),
  },
  {
    title: phrase`Disks`,
    series: [
      { key: 'blockRead', label: phrase`read` },
      { key: 'blockWritten', label: phrase`written` },
    ],
    text: perSecond,
  },
  {
    title: phrase`Network`,
    series: [
      { key: 'netReceived', label: phrase`received` },
      { key: 'netSent', label: phrase`sent` },
    ],
    text: perSecond,
  },
];

/** Charts above a table. All words in it are ours: nothing is left to escape. */
export function chartsHtml(moments: readonly Moment[]): string {
  const rows = charts.flatMap((chart) => chart.series.map((series) => row(chart, series, moments)));
  const head = ['', say`now`, say`mean`, say`highest`].map((cell) => `<th scope="col">${cell}</th>`).join('');
  return [
    `<div class="charts">${charts.map((chart) => figure(chart, moments)).join('\n')}</div>`,
    `<table><caption>${say`The last ${minutes(moments)}`}</caption><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`,
  ].join('\n');
}

const width = 300;
const height = 80;

function figure({ title, series, text, top }: Chart, moments: readonly Moment[]): string {
  const highest = Math.max(0, ...series.flatMap(({ key }) => valuesOf(moments, key)));
  // Some room above, so that the highest point can be seen.
  const scale = top ?? (highest > 0 ? highest * 1.15 : 1);
  const now = series.map(({ key, label }) => `${label} ${textOf(moments.at(-1)?.[key], text)}`).join(', ');
  const lines = series.map(({ key }, index) => line(moments, key, scale, index)).join('');
  return `<figure><figcaption><b>${title}</b> ${now}</figcaption><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}: ${now}" preserveAspectRatio="none"><title>${title}: ${now}</title>${lines}</svg></figure>`;
}

/** One line, interrupted where nothing is known. The newest moment stands at the right edge. */
function line(moments: readonly Moment[], key: Counter, scale: number, index: number): string {
  const last = moments.at(-1)?.at ?? 0;
  const first = Math.min(moments[0]?.at ?? 0, last - 60_000);
  const runs: string[][] = [[]];
  for (const moment of moments) {
    const value = moment[key];
    if (value === undefined) runs.push([]);
    else {
      const x = ((moment.at - first) / (last - first)) * width;
      runs.at(-1)?.push(`${x.toFixed(1)},${(height - (value / scale) * height).toFixed(1)}`);
    }
  }
  return runs
    .filter((points) => points.length > 0)
    .map((points) => `<polyline class="line-${index}" points="${points.join(' ')}"/>`)
    .join('');
}

function row({ title, text }: Chart, { key, label }: Series, moments: readonly Moment[]): string {
  const values = valuesOf(moments, key);
  const mean = values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
  const highest = values.length === 0 ? undefined : Math.max(...values);
  const cells = [moments.at(-1)?.[key], mean, highest].map((value) => `<td>${textOf(value, text)}</td>`);
  return `<tr><th scope="row">${title}, ${label}</th>${cells.join('')}</tr>`;
}

function valuesOf(moments: readonly Moment[], key: Counter): readonly number[] {
  return moments.flatMap((moment) => moment[key] ?? []);
}

function textOf(value: number | undefined, text: (value: number) => string): string {
  return value === undefined ? say`not known` : text(value);
}

function minutes(moments: readonly Moment[]): string {
  const seconds = Math.round(((moments.at(-1)?.at ?? 0) - (moments[0]?.at ?? 0)) / 1000);
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

export const chartStyles = `
body { padding: 8px 16px }
.charts { display: flex; flex-wrap: wrap; gap: 16px }
figure { margin: 0; flex: 1 1 300px; max-width: 480px }
svg { width: 100%; height: 96px; border: 1px solid var(--vscode-panel-border); background: var(--vscode-editorWidget-background) }
polyline { fill: none; stroke-width: 1.5; vector-effect: non-scaling-stroke }
.line-0 { stroke: var(--vscode-charts-blue) }
.line-1 { stroke: var(--vscode-charts-orange); stroke-dasharray: 5 3 }
table { margin-top: 16px; border-collapse: collapse }
caption { text-align: left; padding-bottom: 4px }
th, td { text-align: left; padding: 2px 16px 2px 0; font-weight: normal; font-variant-numeric: tabular-nums }
thead th { border-bottom: 1px solid var(--vscode-panel-border) }
`;

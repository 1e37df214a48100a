/** The formats of a report, by name. */
import { githubReport } from './github.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';
import { prettyReport } from './pretty.ts';
import type { Report } from './report.ts';
import { sarifReport } from './sarif.ts';

export type ReportFormat = 'pretty' | 'json' | 'sarif' | 'github' | 'junit';

export interface ReportParts {
  readonly coloured: boolean;
  readonly readPage: (page: string) => string | undefined;
}

const reports: Readonly<Record<ReportFormat, (parts: ReportParts) => Report>> = {
  pretty: ({ coloured }) => prettyReport(coloured),
  json: () => jsonReport(),
  sarif: ({ readPage }) => sarifReport(readPage),
  github: () => githubReport(),
  junit: () => junitReport(),
};

export const reportFormats: readonly string[] = Object.keys(reports);

export function isReportFormat(given: string): given is ReportFormat {
  return Object.hasOwn(reports, given);
}

export function reportIn(format: ReportFormat, parts: ReportParts): Report {
  return reports[format](parts);
}

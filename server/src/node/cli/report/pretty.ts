/** Findings for people: place, message and rule, the source line, and a mark below what is meant. */
import type { Finding, Severity } from '../../../finding.ts';
import { say } from '../../../l10n/say.ts';
import { LineIndex } from '../../../xml/positions.ts';
import type { Report } from './report.ts';

const COLOURS: Readonly<Record<Severity, number>> = { error: 31, warning: 33, information: 36, hint: 90 };

/** @param coloured for a terminal that shows colours */
export function prettyReport(coloured: boolean): Report {
  const paint = (code: number, text: string): string => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    file({ name, text, findings }) {
      const lines = findings.length > 0 ? new LineIndex(text) : undefined;
      return findings
        .map((finding) => {
          const start = lines?.position(finding.start) ?? { line: 0, character: 0 };
          const place = `${name}:${start.line + 1}:${start.character + 1}`;
          const label = paint(COLOURS[finding.severity], finding.severity);
          return `${paint(1, place)}: ${label}: ${finding.message} ${paint(90, `[${finding.rule}]`)}\n${excerpt(text, finding)}\n`;
        })
        .join('');
    },
    end(counts) {
      const parts = (['error', 'warning', 'information', 'hint'] as const)
        .filter((severity) => counts[severity] > 0)
        .map((severity) => COUNTED[severity](counts[severity]));
      return say`${counts.files} file${counts.files === 1 ? '' : 's'} checked: ${parts.length > 0 ? parts.join(say`, `) : say`nothing to say`}\n`;
    },
  };
}

/** So many findings, in words. */
const COUNTED: Readonly<Record<Severity, (number: number) => string>> = {
  error: (number) => say`${number} error${number === 1 ? '' : 's'}`,
  warning: (number) => say`${number} warning${number === 1 ? '' : 's'}`,
  information: (number) => say`${number} information`,
  hint: (number) => say`${number} hint${number === 1 ? '' : 's'}`,
};

/** Source lines are cut here: a line of a megabyte helps nobody. */
const WIDEST = 160;

/** The line where a finding begins, and carets below its part of the line. */
function excerpt(text: string, finding: Finding): string {
  const from = text.lastIndexOf('\n', finding.start - 1) + 1;
  const next = text.indexOf('\n', finding.start);
  const to = next < 0 ? text.length : next;
  const cut = Math.max(0, finding.start - from - WIDEST / 2);
  const shown = text.slice(from + cut, Math.min(to, from + cut + WIDEST)).trimEnd();
  const column = finding.start - from - cut;
  const width = Math.max(1, Math.min(finding.end, to) - finding.start);
  const lead = shown.slice(0, column).replace(/[^\t]/g, ' ');
  return `    ${shown}\n    ${lead}${'^'.repeat(Math.max(1, Math.min(width, shown.length - column)))}`;
}

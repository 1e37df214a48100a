import type { Severity } from '../../../finding.ts';
import { LineIndex } from '../../../xml/positions.ts';
import type { Report } from './report.ts';

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/** Workflow commands of GitHub Actions, which it shows beside the lines of a pull request. */
export function githubReport(): Report {
  return {
    file({ name, text, findings }) {
      const lines = findings.length > 0 ? new LineIndex(text) : undefined;
      return findings
        .map(({ start, end, severity, rule, message }) => {
          const from = lines?.position(start) ?? { line: 0, character: 0 };
          const to = lines?.position(end) ?? from;
          // Columns count only within one line.
          const columns = from.line === to.line ? `,col=${from.character + 1},endColumn=${to.character + 1}` : '';
          const place = `file=${property(name)},line=${from.line + 1},endLine=${to.line + 1}${columns}`;
          return `::${COMMANDS[severity]} ${place},title=${property(rule)}::${data(message)}\n`;
        })
        .join('');
    },
    end: () => '',
  };
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

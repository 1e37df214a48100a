import { LineIndex } from '../../../xml/positions.ts';
import type { Report } from './report.ts';

/** A JSON array of `{file, range, severity, rule, message}`; ranges as in LSP: zero-based lines and UTF-16 characters. */
export function jsonReport(): Report {
  let printed = 0;
  return {
    file({ name, text, findings }) {
      const lines = findings.length > 0 ? new LineIndex(text) : undefined;
      return findings
        .map((finding) => {
          const range = { start: lines?.position(finding.start), end: lines?.position(finding.end) };
          const { severity, rule, message } = finding;
          return `${printed++ === 0 ? '[\n' : ',\n'}${JSON.stringify({ file: name, range, severity, rule, message })}`;
        })
        .join('');
    },
    end: () => (printed === 0 ? '[]\n' : '\n]\n'),
  };
}

import type { Finding } from '../../../finding.ts';
import { escapeAttribute, escapeText } from '../../../xml/edits.ts';
import { LineIndex } from '../../../xml/positions.ts';
import type { Checked, Report } from './report.ts';

/** JUnit's XML: a file is a test suite, a finding a test case. Errors fail; what is less grave is told in the output of a test that passed. */
export function junitReport(): Report {
  let begun = false;
  const begin = (): string => {
    if (begun) return '';
    begun = true;
    return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="virtlint">\n`;
  };
  return {
    file: (checked) => begin() + suite(checked),
    end: () => `${begin()}</testsuites>\n`,
  };
}

function suite({ name, text, findings }: Checked): string {
  const lines = new LineIndex(text);
  const failures = findings.filter(({ severity }) => severity === 'error').length;
  const cases = findings.map((finding) => testCase(finding, name, lines));
  if (cases.length === 0) cases.push(`    <testcase${attributes({ name: 'virtlint', classname: name })}/>\n`);
  const head = attributes({ name, tests: cases.length, failures, errors: 0 });
  return `  <testsuite${head}>\n${cases.join('')}  </testsuite>\n`;
}

function testCase({ rule, severity, message, start }: Finding, file: string, lines: LineIndex): string {
  const { line, character } = lines.position(start);
  const place = `${file}:${line + 1}:${character + 1}`;
  const told = escapeText(printable(`${place}: ${severity}: ${message}`));
  const inner =
    severity === 'error'
      ? `<failure${attributes({ message, type: rule })}>${told}</failure>`
      : `<system-out>${told}</system-out>`;
  const head = attributes({ name: `${rule} (${line + 1}:${character + 1})`, classname: file });
  return `    <testcase${head}>${inner}</testcase>\n`;
}

function attributes(given: Readonly<Record<string, string | number>>): string {
  return Object.entries(given)
    .map(([name, value]) => ` ${name}="${escapeAttribute(printable(String(value)), '"')}"`)
    .join('');
}

/** Without the characters that XML has in no form. */
function printable(text: string): string {
  return text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
}

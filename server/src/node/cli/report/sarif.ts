import { createHash } from 'node:crypto';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Finding, Severity } from '../../../finding.ts';
import { repositoryAddress } from '../../../protocol/pageAddress.ts';
import { knownRules } from '../../../settings/knownRules.ts';
import { pagePart, summaryOf } from '../../../settings/pageParts.ts';
import { VERSION } from '../../../version.ts';
import { LineIndex } from '../../../xml/positions.ts';
import type { Span } from '../../../xml/tree.ts';
import type { Checked, Report } from './report.ts';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/**
 * SARIF 2.1.0, one run. Results are printed as they come and the rules that spoke at the end: a reader of JSON takes both orders.
 * @param readPage the Markdown page of an id
 */
export function sarifReport(readPage: (page: string) => string | undefined): Report {
  const ruleIndices = new Map<string, number>();
  let begun = false;
  const begin = (): string => {
    if (begun) return '';
    begun = true;
    return `{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"columnKind":"utf16CodeUnits","results":[\n`;
  };
  let results = 0;
  return {
    file(checked) {
      const lines = checked.findings.length > 0 ? new LineIndex(checked.text) : undefined;
      const seen = new Map<string, number>();
      const printed = checked.findings.map((finding) => {
        const ruleIndex = ruleIndices.get(finding.rule) ?? ruleIndices.size;
        ruleIndices.set(finding.rule, ruleIndex);
        const fingerprint = fingerprintOf(finding, checked.text, seen);
        const result = lines ? resultOf(finding, ruleIndex, fingerprint, checked, lines) : {};
        return `${results++ === 0 ? '' : ',\n'}${JSON.stringify(result)}`;
      });
      return begin() + printed.join('');
    },
    end() {
      const rules = [...ruleIndices.keys()].map((rule) => descriptor(rule, readPage));
      const informationUri = 'https://github.com/virtlint/virtlint';
      const tool = { driver: { name: 'virtlint', version: VERSION, semanticVersion: VERSION, informationUri, rules } };
      return `${begin()}\n],"tool":${JSON.stringify(tool)}}]}\n`;
    },
  };
}

function resultOf(
  { rule, severity, message, start, end, related = [] }: Finding,
  ruleIndex: number,
  fingerprint: string,
  { name }: Checked,
  lines: LineIndex,
) {
  const artifactLocation = { uri: uriOf(name) };
  const location = (span: Span) => ({ physicalLocation: { artifactLocation, region: region(span, lines) } });
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: message },
    locations: [location({ start, end })],
    ...(related.length > 0 && {
      relatedLocations: related.map((place, id) => ({ id, ...location(place), message: { text: place.message } })),
    }),
    partialFingerprints: { 'virtlint/v1': fingerprint },
  };
}

/** Lines and columns count from 1; the end column is the one behind the token. */
function region({ start, end }: Span, lines: LineIndex) {
  const [from, to] = [lines.position(start), lines.position(end)];
  return {
    startLine: from.line + 1,
    startColumn: from.character + 1,
    endLine: to.line + 1,
    endColumn: to.character + 1,
  };
}

/** The same while the line keeps its words, wherever it moves; equal lines of a file are counted. */
function fingerprintOf({ rule, start }: Finding, text: string, seen: Map<string, number>): string {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', start);
  const line = text.slice(from, next < 0 ? undefined : next).trim();
  const hash = createHash('sha256').update(`${rule}\0${line}`).digest('hex').slice(0, 16);
  const count = (seen.get(hash) ?? 0) + 1;
  seen.set(hash, count);
  return `${hash}:${count}`;
}

function descriptor(id: string, readPage: (page: string) => string | undefined) {
  const rule = knownRules().get(id);
  const part = pagePart(readPage(rule?.page ?? '') ?? '', id);
  const summary = summaryOf(part);
  return {
    id,
    ...(summary && { shortDescription: { text: summary } }),
    ...(part && { help: { text: part, markdown: part } }),
    ...(rule && { helpUri: repositoryAddress({ rule: id, page: rule.page }) }),
    ...(rule && { defaultConfiguration: { level: LEVELS[rule.severity] } }),
  };
}

function uriOf(name: string): string {
  if (path.isAbsolute(name)) return pathToFileURL(name).href;
  return name.split(path.sep).map(encodeURIComponent).join('/');
}

/** `virtlint check`: the editor's diagnostics on the command line. */
import { checkDocument } from '../../check.ts';
import { recognise } from '../../domain/recognise.ts';
import type { Finding } from '../../finding.ts';
import { builtInGrammars } from '../../grammar/builtIn.ts';
import { chooseGrammar } from '../../grammar/chosen.ts';
import { parseXml } from '../../xml/parse.ts';
import type { XmlDocument } from '../../xml/tree.ts';
import { type Input, readInputs } from './input.ts';
import { jsonReport, prettyReport } from './report.ts';

export interface CheckOptions {
  readonly format: 'pretty' | 'json';
  /** More warnings than this are a failure; undefined: any number will do. */
  readonly maxWarnings: number | undefined;
  /** The libvirt release that the documents are written for; undefined: the newest. */
  readonly target: string | undefined;
  readonly coloured: boolean;
}

export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Nothing refused; something of severity error, or too many warnings; bad usage or input that cannot be read. */
export const EXIT = { clean: 0, findings: 1, usage: 2 } as const;

/** Checks files, folders and "-", prints what is found, and returns the exit status. */
export function check(names: readonly string[], options: CheckOptions, { out, err }: Streams): number {
  const report = options.format === 'json' ? jsonReport() : prettyReport(options.coloured);
  const counts = { files: 0, error: 0, warning: 0, information: 0, hint: 0 };
  let unreadable = false;
  for (const input of readInputs(names)) {
    if ('problem' in input) {
      unreadable = true;
      err(`virtlint: ${input.name}: ${input.problem}\n`);
      continue;
    }
    const findings = findingsOf(input, names.includes(input.name), options.target);
    if (typeof findings === 'string') {
      err(findings);
      continue;
    }
    counts.files++;
    for (const finding of findings) counts[finding.severity]++;
    out(report.file({ ...input, findings }));
  }
  out(report.end(counts));
  if (unreadable) return EXIT.usage;
  const tooMany = options.maxWarnings !== undefined && counts.warning > options.maxWarnings;
  if (tooMany) err(`virtlint: ${counts.warning} warnings, ${options.maxWarnings} allowed (--max-warnings)\n`);
  return counts.error > 0 || tooMany ? EXIT.findings : EXIT.clean;
}

/**
 * The findings of one input, or a note why it was passed over. Files of a folder that are not libvirt's are passed over in
 * silence; a file that the user named is not, and one that is no XML at all is checked to say so.
 */
function findingsOf({ name, text }: Input, named: boolean, target: string | undefined): readonly Finding[] | string {
  const isOurs = recognise(text) !== undefined;
  if (!isOurs && !named) return '';
  const xml = parseXml(text);
  if (target !== undefined) chooseGrammar(xml, { source: builtInGrammars, target });
  if (isOurs || name === '-' || xml.root === null || xml.root.name === 'domain') return checkDocument(xml);
  return `virtlint: ${name}: passed over, nothing says that it is libvirt's (its root is <${rootName(xml)}>)\n`;
}

function rootName(xml: XmlDocument): string {
  return xml.root?.name.slice(0, 60) ?? '';
}

/** Reads the text of a project file, `.virtlint.json`: JSON in which comments may stand. */
import { getNodeValue, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Finding } from '../finding.ts';
import { say } from '../l10n/say.ts';
import { type ProjectSettings, projectSettings } from './settings.ts';
import { projectFileShape } from './shape.ts';
import { type ShapeProblem, shapeProblems } from './shapeProblems.ts';

export const PROJECT_FILE = '.virtlint.json';

export interface ProjectFile {
  readonly text: string;
  /** What can be understood of it. */
  readonly settings: ProjectSettings;
  /** What is wrong with it, in the order of the text. */
  readonly findings: readonly Finding[];
}

/** Never throws: a faulty file is told of, and what is right in it counts. */
export function readProjectFile(text: string): ProjectFile {
  const errors: ParseError[] = [];
  const source = text.replace(/^\uFEFF/, ' ');
  const tree = parseTree(source, errors, { disallowComments: false, allowTrailingComma: false });
  const problems = [
    ...errors.map((error) => syntaxProblem(error, source)),
    ...(tree ? shapeProblems(tree, projectFileShape) : []),
  ];
  return {
    text,
    settings: projectSettings(tree && getNodeValue(tree)),
    findings: problems.sort((a, b) => a.start - b.start).map(toFinding),
  };
}

function syntaxProblem({ error, offset, length }: ParseError, text: string): ShapeProblem {
  const words = printParseErrorCode(error)
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
  const start = Math.min(offset, Math.max(0, text.length - 1));
  const end = Math.min(text.length, start + Math.max(1, length));
  return { severity: 'error', start, end, message: say`This is no JSON: ${words}.`, meant: [] };
}

function toFinding({ severity, start, end, message, meant }: ShapeProblem): Finding {
  return {
    rule: 'virtlint/project-file',
    page: 'virtlint/project-file',
    severity,
    start,
    end,
    message,
    fixes: () =>
      meant.map((newText, index) => ({
        title: say`Change to ${newText}`,
        edits: [{ start, end, newText }],
        ...(index === 0 && { preferred: true }),
      })),
  };
}

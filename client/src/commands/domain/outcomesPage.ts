/** What came of doing the same to several VMs, as Markdown. */
import { say } from '../../../../server/src/l10n/say.ts';
import { code, escaped, table } from '../../documents/markdown.ts';

export interface OutcomeRow {
  readonly host: string;
  readonly name: string;
  /** A sentence or a word. */
  readonly what: string;
}

export function outcomesPage(title: string, rows: readonly OutcomeRow[]): string {
  const cells = rows.map(({ host, name, what }) => [code(name), code(host), escaped(what)]);
  return `# ${escaped(title)}\n\n${table([say`VM`, say`host`, say`what came of it`], cells)}\n`;
}

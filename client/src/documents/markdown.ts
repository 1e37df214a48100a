/** Markdown in which names stand that may hold anything. */

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.map(inCell).join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

function inCell(text: string): string {
  return text.replaceAll(/(?<!\\)\|/g, '\\|').replaceAll(/\r?\n/g, ' ');
}

/** A name or a path as it is, whatever characters it has: between more backticks than it contains. */
export function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padding = longest > 0 ? ' ' : '';
  return `${fence}${padding}${text}${padding}${fence}`;
}

/** A sentence in which names may stand: nothing of it is Markdown. */
export function escaped(sentence: string): string {
  return sentence.replaceAll(/[\\`*_[\]<>|#]/g, '\\$&');
}

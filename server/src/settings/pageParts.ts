/** Parts of the pages that explain rules: the section of one refusal, and the sentence that says what a rule is about. */

/** The page about a rule: the whole, or of a family's page the section about this refusal. */
export function pagePart(text: string, rule: string): string {
  const lines = text.split('\n');
  const start = lines.indexOf(`## ${rule}`);
  if (start < 0) return text.trimEnd();
  const end = lines.findIndex((line, index) => index > start && line.startsWith('## '));
  return lines
    .slice(start, end < 0 ? undefined : end)
    .join('\n')
    .trimEnd();
}

/** The first paragraph below the heading, in one line. */
export function summaryOf(part: string): string {
  const [, ...paragraphs] = part.split(/\n\s*\n/);
  const first = paragraphs.find((paragraph) => !/^(#|```|\||`xml)/.test(paragraph.trim())) ?? '';
  return first.replaceAll(/\s+/g, ' ').trim();
}

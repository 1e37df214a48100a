/** Parts of the pages that explain rules: the section of one refusal, and the sentence that says what a rule is about. */

/**
 * The page about a rule: the whole, or of a page about several the section about this one, which is headed by its id or lists it
 * below the heading.
 */
export function pagePart(text: string, rule: string): string {
  if (text.startsWith(`# ${rule}\n`)) return text.trimEnd();
  const [, ...sections] = text.split(/^(?=## )/m);
  const headed = sections.find((section) => section.startsWith(`## ${rule}\n`));
  const listed = sections.find((section) => (section.split('\n')[2] ?? '').split(' · ').includes(`\`${rule}\``));
  return (headed ?? listed ?? text).trimEnd();
}

/** The first paragraph below the heading, in one line. */
export function summaryOf(part: string): string {
  const [, ...paragraphs] = part.split(/\n\s*\n/);
  const first = paragraphs.find((paragraph) => !/^(#|```|\||`xml)/.test(paragraph.trim())) ?? '';
  return first.replaceAll(/\s+/g, ' ').trim();
}

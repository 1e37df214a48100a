/** How a document is to be laid out. */

export interface FormattingStyle {
  /** What one level of nesting is indented by: blanks or a tab. */
  readonly unit: string;
}

/** What libvirt itself prints. */
export const libvirtStyle: FormattingStyle = { unit: '  ' };

/** @param tabSize blanks for a level where `insertSpaces`, else a tab is used */
export function styleOf(tabSize: number, insertSpaces: boolean): FormattingStyle {
  const blanks = Number.isInteger(tabSize) && tabSize > 0 && tabSize <= 16 ? tabSize : libvirtStyle.unit.length;
  return { unit: insertSpaces ? ' '.repeat(blanks) : '\t' };
}

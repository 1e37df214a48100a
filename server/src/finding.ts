/** What the core says of a document, whoever says it: the XML parser, the grammar or a rule. */
import type { Span } from './xml/tree.ts';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

export interface TextEdit extends Span {
  readonly newText: string;
}

/** One way to mend a finding. The edits do not overlap. */
export interface Fix {
  /** Starts with a verb: "Change cache to 'none'". */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** The repair an expert would choose; at most one of a finding's fixes. */
  readonly preferred?: boolean;
  /** The values in what it inserts are made up: an editor that can lets the user fill them in. */
  readonly toFill?: boolean;
}

export interface RelatedPlace extends Span {
  readonly message: string;
}

export interface Finding extends Span {
  /** `area/name`, for example `disk/io-native-cache`, `grammar/unknown-attribute`, `xml/unclosed-element`. */
  readonly rule: string;
  /** The page that explains it: the rule itself, or the family that it belongs to. */
  readonly page: string;
  readonly severity: Severity;
  /** What is wrong, why, and what to do. */
  readonly message: string;
  readonly related?: readonly RelatedPlace[];
  readonly tags?: readonly ('unnecessary' | 'deprecated')[];
  /** Worked out only when asked for: most findings are shown and never mended. */
  readonly fixes: () => readonly Fix[];
}

/** The text after the edits. Edits refer to the text before any of them. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = text;
  for (const edit of [...edits].sort((a, b) => b.start - a.start || b.end - a.end)) {
    result = result.slice(0, edit.start) + edit.newText + result.slice(edit.end);
  }
  return result;
}

/** What is shown between the letters of a document. */
import type { TextEdit } from '../../finding.ts';

/** Each kind is switched by a setting of its name. */
export const HINT_KINDS = ['sizes', 'hugepages', 'hostCpus', 'defaults'] as const;
export type HintKind = (typeof HINT_KINDS)[number];

export interface InlayHint {
  readonly offset: number;
  readonly label: string;
  readonly kind: HintKind;
  /** Why, for who points at it. */
  readonly tooltip?: string;
  /** Writes into the document what is shown. */
  readonly edits?: readonly TextEdit[];
}

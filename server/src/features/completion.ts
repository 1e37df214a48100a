/** What may stand at the cursor. */
import type { XmlDocument } from '../xml/tree.ts';
import type { TextEdit } from '../finding.ts';

export interface Completion {
  readonly label: string;
  readonly kind: 'element' | 'attribute' | 'value' | 'end-tag';
  readonly edit: TextEdit;
}

export function completion(_document: XmlDocument, _offset: number): Completion[] {
  return [];
}

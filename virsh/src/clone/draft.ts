/** A clone being planned: what the parts of the planner write into, one after the other. */
import type { TextEdit } from '../../../server/src/finding.ts';
import type { XmlDocument, XmlElement } from '../../../server/src/xml/tree.ts';
import type { CloneSource, DiskPlan, Identities, NvramPlan } from './types.ts';

export interface Draft {
  readonly source: CloneSource;
  readonly name: string;
  readonly uuid: string;
  readonly identities: Identities;
  /** The source's definition, and its `<domain>`. */
  readonly document: XmlDocument;
  readonly domain: XmlElement;
  /** Names of volumes that are taken: on the host, or by a copy of this plan. */
  readonly takenVolumes: Map<string, Set<string>>;
  readonly takenMacs: Set<string>;
  readonly edits: TextEdit[];
  readonly macs: { readonly from: string; readonly to: string }[];
  readonly disks: DiskPlan[];
  nvram: NvramPlan | undefined;
  readonly changes: string[];
  readonly warnings: string[];
  /** Why this domain cannot be cloned. */
  readonly refusals: string[];
}

/** A clone being planned: what the parts of the planner write into, one after the other. */

import type { TextEdit } from '../../../server/src/finding.ts';
import { say } from '../../../server/src/l10n/say.ts';
import type { XmlDocument, XmlElement } from '../../../server/src/xml/tree.ts';
import type { NetworkPlace } from './needs.ts';
import type { CloneMethod, CloneSource, Destination, DiskPlan, Identities, NvramPlan } from './types.ts';

export interface Draft {
  readonly source: CloneSource;
  readonly method: CloneMethod;
  /** Undefined: the clone stays on the source's host. */
  readonly destination: Destination | undefined;
  readonly name: string;
  readonly uuid: string;
  readonly identities: Identities;
  /** The source's definition, and its `<domain>`. */
  readonly document: XmlDocument;
  readonly domain: XmlElement;
  /** Names of volumes that are taken where the clone goes: there already, or by a copy of this plan. */
  readonly takenVolumes: Map<string, Set<string>>;
  readonly takenMacs: Set<string>;
  readonly edits: TextEdit[];
  readonly macs: { readonly from: string; readonly to: string }[];
  readonly disks: DiskPlan[];
  nvram: NvramPlan | undefined;
  readonly networks: { readonly from: NetworkPlace; readonly to: NetworkPlace }[];
  readonly changes: string[];
  readonly warnings: string[];
  /** Why this domain cannot be cloned. */
  readonly refusals: string[];
}

/** Why two VMs cannot have one thing of the host; on another host the question is whether it has the same. */
export function onlyOne({ destination }: Pick<Draft, 'destination'>): string {
  return destination ? say`${destination.target.name} needs one like it` : say`the two VMs cannot run at the same time`;
}

/** What a host has for a new VM; without a host, nothing is known and everything can be typed. */
import type { DomainOffer } from '../../../virsh/src/index.ts';
import type { HostModel } from '../hosts/hostModel.ts';

export interface Offer extends DomainOffer {
  readonly model: HostModel | undefined;
}

export const noHost: Offer = {
  model: undefined,
  takenNames: new Set(),
  networks: [],
  pools: [],
  machines: [],
  lacks: [],
};

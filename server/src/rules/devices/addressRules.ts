/** Rules of buses, controllers and addresses. */
import type { Rule } from '../rule.ts';
import { refusals as pciAddresses } from './pci-addresses.ts';

export const addressRules: readonly Rule[] = [...pciAddresses];

/** Rules of the devices themselves. */
import type { Rule } from '../rule.ts';

export const deviceRules: readonly Rule[] = [];

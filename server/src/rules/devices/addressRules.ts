/** Rules of buses, controllers and addresses. */
import type { Rule } from '../rule.ts';

export const addressRules: readonly Rule[] = [];

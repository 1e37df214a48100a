import type { Rule } from '../rule.ts';
import { addressRules } from './addressRules.ts';
import { deviceRules } from './deviceRules.ts';

export const rules: readonly Rule[] = [...addressRules, ...deviceRules];

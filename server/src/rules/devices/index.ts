import type { Rule } from '../rule.ts';
import { addressRules } from './addressRules.ts';
import { deviceRules } from './deviceRules.ts';
import { rules as onHost } from './on-host.ts';

export const rules: readonly Rule[] = [...addressRules, ...deviceRules, ...onHost];

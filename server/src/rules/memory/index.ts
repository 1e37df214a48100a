/** Rules about memory. */
import type { Rule } from '../rule.ts';
import { refusals as amounts } from './amounts-refused.ts';
import { refusals as hugepages } from './hugepages-refused.ts';
import { refusals as moduleSizes } from './module-sizes-refused.ts';
import { refusals as modules } from './modules-refused.ts';
import { refusals as sharing } from './sharing-refused.ts';

export const rules: readonly Rule[] = [...amounts, ...hugepages, ...modules, ...moduleSizes, ...sharing];

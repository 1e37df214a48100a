import type { Rule } from '../rule.ts';
import { refusals as cells } from './cells.ts';

export const rules: readonly Rule[] = [...cells];

import type { Rule } from '../rule.ts';
import { refusals as assignment } from './assignment.ts';
import { refusals as duplicates } from './duplicates.ts';

export const rules: readonly Rule[] = [...duplicates, ...assignment];
